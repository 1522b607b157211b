using System.Runtime.InteropServices;
using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Tests.Support;

/// <summary>
/// A machine with the driver, one process, and one library in it. Disposing it ends all of them and fails the test if anything in the
/// machine is still held.
/// </summary>
internal sealed class Lab : IDisposable
{
    public Lab(
        LibraryVersion version = LibraryVersion.Checked,
        int cpus = 4,
        HeapMode heap = HeapMode.Guarded,
        bool administrator = true,
        ulong requestIdBase = 0)
    {
        Machine = Machine.Boot(new MachineOptions { Processors = cpus, RequestIdBase = requestIdBase });
        Driver = new EbpfCoreDriver();
        Assert.True(Machine.LoadDriver(Driver, out _).IsSuccess);
        Process = Machine.Processes.Create(new ProcessOptions { Heap = heap, Administrator = administrator });
        Tap = new GateTap(Process.Gate);
        Library = new Libbpf(Tap, version);
    }

    public Machine Machine { get; }

    public EbpfCoreDriver Driver { get; }

    public PsProcess Process { get; }

    /// <summary>The gate as the library sees it.</summary>
    public GateTap Tap { get; }

    public Libbpf Library { get; }

    public IUserMemory Memory => Process.Gate.Memory;

    public int Cpus => Machine.Options.Processors;

    public ulong Allocate(uint length) => Memory.Allocate(length);

    public Span<byte> Bytes(ulong address, int length, MemoryAccess access = MemoryAccess.Read) =>
        Memory.Access(address, (uint)length, access, "test");

    /// <summary>A block that holds these values and not a byte more.</summary>
    public ulong Put<T>(params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        ulong address = Allocate((uint)bytes.Length);
        Write(address, values);
        return address;
    }

    public void Write<T>(ulong address, params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(Bytes(address, bytes.Length, MemoryAccess.Write));
    }

    public T Read<T>(ulong address)
        where T : unmanaged => MemoryMarshal.Read<T>(Bytes(address, Marshal.SizeOf<T>()));

    public T[] ReadArray<T>(ulong address, int count)
        where T : unmanaged => [.. MemoryMarshal.Cast<byte, T>(Bytes(address, count * Marshal.SizeOf<T>()))];

    /// <summary>A <c>bpf_map_batch_opts</c>.</summary>
    public ulong Options(ulong elemFlags = 0, ulong flags = 0) =>
        Put(new BpfMapBatchOpts { Sz = 24, ElemFlags = elemFlags, Flags = flags });

    public int CreateMap(BpfMapType type, uint keySize = 4, uint valueSize = 8, uint maxEntries = 1024, string? name = "stats")
    {
        int fd = Library.bpf_map_create(type, name, keySize, valueSize, maxEntries);
        Assert.True(fd > 0, $"bpf_map_create: {fd} {Library.LastRefusal}");
        return fd;
    }

    /// <summary>Bytes of one element's value as a program must allocate them.</summary>
    public uint ValueBytes(BpfMapType type, uint valueSize)
    {
        Assert.True(PerCpuLayout.TryCreate(type, valueSize, Cpus, out PerCpuLayout layout));
        return layout.Total;
    }

    /// <summary>Buffers for batch calls on a map, each of exactly the right size.</summary>
    public Batch NewBatch(int fd, uint count, uint keySize, uint valueBytes) => new(this, fd, count, keySize, valueBytes);

    /// <summary>Fills a map with keys 0, 1, 2 and so on; each 8 bytes of a value hold key x 1000 + number of the word.</summary>
    public void Fill(int fd, BpfMapType type, uint count, uint valueSize = 8, ulong elemFlags = 0)
    {
        uint valueBytes = ValueBytes(type, valueSize);
        Batch batch = NewBatch(fd, count, 4, valueBytes);
        for (uint key = 0; key < count; key++)
        {
            Write(batch.Keys + (key * 4), key);
            for (uint word = 0; word < valueBytes / 8; word++)
            {
                Write(batch.Values + (key * valueBytes) + (word * 8), Word(key, word));
            }
        }

        Assert.Equal(0, batch.Update(Options(elemFlags)));
        batch.Free();
    }

    /// <summary>What <see cref="Fill"/> put into a word of a value.</summary>
    public static ulong Word(uint key, uint word) => (key * 1000UL) + word;

    public void Dispose()
    {
        Library.Dispose();
        ShutdownReport report = Machine.Shutdown();
        Assert.True(report.IsClean, string.Join(Environment.NewLine, report.Leaks));
        Machine.Dispose();
    }
}
