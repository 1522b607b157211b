using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>A ring of the simulated machine: a program writes at one end, a process reads at the other.</summary>
internal sealed class SimRing
{
    /// <summary>Records of a round; the ring has room for more.</summary>
    public const int Records = 8192;

    /// <summary>Bytes of a record.</summary>
    public const int RecordBytes = 64;

    /// <summary>Bytes of the ring.</summary>
    public const uint RingBytes = 1 << 20;

    private const string Site = "bench:ring";

    private readonly byte[] _record = new byte[RecordBytes];
    private readonly EbpfCoreDriver _driver;
    private readonly Libbpf _library;
    private readonly IUserMemory _memory;
    private readonly EbpfMap _map;
    private readonly ring_buffer _reader;
    private readonly ulong _consumer;
    private readonly ulong _producer;
    private int _read;

    /// <summary>Creates the ring and maps it into a process.</summary>
    public SimRing(SimProcess process, TrialSet set)
    {
        _driver = process.Lab.Driver;
        _library = process.Session.Library;
        _memory = process.Gate.Memory;
        _map = process.CreateMap(BpfMapType.Ringbuf, 0, 0, RingBytes, o => set.Own(o), out int fd);
        if (_library.ebpf_ring_buffer_map_map_buffer(fd, out _consumer, out _producer, out _, out _) != EbpfResult.Success)
        {
            throw new InvalidOperationException("the ring cannot be mapped");
        }

        _reader = _library.ring_buffer__new(fd, Take) ?? throw new InvalidOperationException("the ring has no reader");
    }

    /// <summary>A program writes records.</summary>
    public void Write()
    {
        int failed = 0;
        _driver.RunProgram(0, context =>
        {
            for (int i = 0; i < Records; i++)
            {
                failed += context.RingbufOutput(_map, _record) == 0 ? 0 : 1;
            }
        });
        if (failed != 0)
        {
            throw new InvalidOperationException($"{failed} records found no room");
        }
    }

    /// <summary>The reader says that it has read everything, and has read nothing.</summary>
    public void Skip()
    {
        Span<byte> produced = _memory.Access(_producer, sizeof(ulong), MemoryAccess.Read, Site);
        produced.CopyTo(_memory.Access(_consumer, sizeof(ulong), MemoryAccess.Write, Site));
    }

    /// <summary>The process reads all records.</summary>
    public void Consume()
    {
        _read = 0;
        _ = _library.ring_buffer__consume(_reader);
        if (_read != Records)
        {
            throw new InvalidOperationException($"{_read} of {Records} records came");
        }
    }

    private int Take(object? context, ulong data, ulong size)
    {
        _read++;
        return 0;
    }
}
