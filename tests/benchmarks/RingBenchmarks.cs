using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Maps;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.Benchmarks;

/// <summary>
/// Records of 64 bytes through a ring of 1 MiB: a program's <c>bpf_ringbuf_output</c> at one end, at the other a process that reads the
/// ring's memory by <c>ring_buffer__consume</c>. One thread does both by turns; nobody traces.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls Cleanup.")]
public class RingBenchmarks
{
    private const int Records = 8192;
    private const uint Capacity = 1 << 20;

    private readonly byte[] _record = new byte[64];
    private readonly EbpfCoreDriver _driver = new();
    private Machine _machine = null!;
    private Libbpf _library = null!;
    private EbpfMap _map = null!;
    private ring_buffer _reader = null!;
    private IUserMemory _memory = null!;
    private ulong _consumer;
    private ulong _producer;
    private ulong _read;

    [GlobalSetup]
    public void Setup()
    {
        _machine = Machine.Boot(new MachineOptions { Processors = Workload.Cpus });
        if (!_machine.LoadDriver(_driver, out _).IsSuccess)
        {
            throw new InvalidOperationException("EbpfCore did not load");
        }

        PsProcess process = _machine.Processes.Create();
        _library = new Libbpf(process.Gate);
        _memory = process.Gate.Memory;
        int fd = _library.bpf_map_create(BpfMapType.Ringbuf, "bench", 0, 0, Capacity);
        if (_library.ebpf_ring_buffer_map_map_buffer(fd, out _consumer, out _producer, out _, out _) != EbpfResult.Success)
        {
            throw new InvalidOperationException("the ring cannot be mapped");
        }

        _reader = _library.ring_buffer__new(fd, Read) ?? throw new InvalidOperationException("no reader");

        // The first object has id 2.
        if (_driver.ReferenceMap(2, out EbpfMap? map) != EbpfResult.Success)
        {
            throw new InvalidOperationException("no map");
        }

        _map = map!;
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _library.ring_buffer__free(_reader);
        _map.Dereference();
        _machine.Dispose();
    }

    /// <summary>The writer's half. The reader says that it has read everything, and has read nothing.</summary>
    [Benchmark(OperationsPerInvoke = Records)]
    public int Output()
    {
        Span<byte> produced = _memory.Access(_producer, sizeof(ulong), MemoryAccess.Read, nameof(RingBenchmarks));
        produced.CopyTo(_memory.Access(_consumer, sizeof(ulong), MemoryAccess.Write, nameof(RingBenchmarks)));
        return Write();
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public ulong OutputAndConsume()
    {
        Write();
        _read = 0;
        return _library.ring_buffer__consume(_reader) == Records && _read == Records
            ? _read
            : throw new InvalidOperationException($"{_read} of {Records} records came");
    }

    private int Write()
    {
        int failed = 0;
        _driver.RunProgram(0, context =>
        {
            for (int i = 0; i < Records; i++)
            {
                failed += context.RingbufOutput(_map, _record) == 0 ? 0 : 1;
            }
        });
        return failed == 0 ? 0 : throw new InvalidOperationException($"{failed} records found no room");
    }

    private int Read(object? ctx, ulong data, ulong size)
    {
        _read++;
        return 0;
    }
}
