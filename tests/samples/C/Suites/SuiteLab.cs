using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Samples.SampleExt;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>
/// A machine with all drivers, and libbpf in a process of it, for upstream's test cases. Disposing it fails the test if anything is left.
/// </summary>
internal sealed class SuiteLab : IDisposable
{
    public const int Cpus = 4;

    private readonly SampleExtDriver _sample = new();
    private readonly List<bpf_link> _links = [];
    private DriverObject? _extension;

    /// <param name="withExtension">Whether the sample extension is loaded.</param>
    /// <param name="requestIdBase">See <see cref="MachineOptions.RequestIdBase"/>.</param>
    /// <param name="first">A driver that is loaded before the others.</param>
    public SuiteLab(bool withExtension = true, ulong requestIdBase = 0, IDriver? first = null)
    {
        Machine = Machine.Boot(new MachineOptions { Processors = Cpus, RequestIdBase = requestIdBase });
        if (first is not null)
        {
            Assert.Equal(NtStatus.Success, Machine.LoadDriver(first, out _));
        }

        Assert.Equal(NtStatus.Success, Machine.LoadDriver(new EbpfCoreDriver(), out _));
        NetEbpfExtDriver network = new();
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(network, out _));
        Network = new NetworkEventSource(network);
        if (withExtension)
        {
            LoadExtension();
        }

        ISystemGate gate = Machine.Processes.Create(null).Gate;
        Memory = gate.Memory;
        Library = new Libbpf(gate);
    }

    public static TheoryData<EbpfExecutionType> Engines => [EbpfExecutionType.Jit, EbpfExecutionType.Interpret];

    public Machine Machine { get; }

    public NetworkEventSource Network { get; }

    public Libbpf Library { get; }

    public IUserMemory Memory { get; }

    /// <summary>How many programs, maps and links there are.</summary>
    public (int Programs, int Maps, int Links) Objects =>
        (Count(Library.bpf_prog_get_next_id), Count(Library.bpf_map_get_next_id), Count(Library.bpf_link_get_next_id));

    public void LoadExtension() => Assert.Equal(NtStatus.Success, Machine.LoadDriver(_sample, out _extension));

    public void UnloadExtension() => Assert.Equal(NtStatus.Success, Machine.UnloadDriver(_extension!));

    public bpf_object Open(string program)
    {
        bpf_object? opened = Library.bpf_object__open(SuitePrograms.PathOf(program));
        Assert.True(opened is not null, Library.LastRefusal?.Line);
        return opened;
    }

    public bpf_object Open(string program, EbpfExecutionType engine)
    {
        bpf_object opened = Open(program);
        Assert.Equal(EbpfResult.Success, Libbpf.ebpf_object_set_execution_type(opened, engine));
        return opened;
    }

    public bpf_object Load(string program, EbpfExecutionType engine)
    {
        bpf_object opened = Open(program, engine);
        Assert.True(Library.bpf_object__load(opened) == 0, Library.LastRefusal?.Line);
        return opened;
    }

    public bpf_program Program(bpf_object loaded, string name)
    {
        bpf_program? program = Library.bpf_object__find_program_by_name(loaded, name);
        Assert.NotNull(program);
        return program;
    }

    public int ProgramFd(bpf_object loaded, string name) => Libbpf.bpf_program__fd(Program(loaded, name));

    public int MapFd(bpf_object loaded, string name)
    {
        int fd = Library.bpf_object__find_map_fd_by_name(loaded, name);
        Assert.True(fd > 0, name);
        return fd;
    }

    /// <summary>Attaches a program until the test ends, or somebody detaches it.</summary>
    public bpf_link Attach(bpf_object loaded, string program)
    {
        bpf_link? link = Library.bpf_program__attach(Program(loaded, program));
        Assert.True(link is not null, Library.LastRefusal?.Line);
        _links.Add(link);
        return link;
    }

    public void Detach(bpf_link link)
    {
        _links.Remove(link);
        Assert.Equal(0, Library.bpf_link__destroy(link));
    }

    /// <summary>The event of the sample extension; the answer of the program that is attached.</summary>
    public uint Fire(ref SampleProgramContext context, Span<byte> data = default)
    {
        Assert.Equal(EbpfResult.Success, _sample.Invoke(1, ref context, data, out uint result));
        return result;
    }

    public uint Fire()
    {
        SampleProgramContext context = default;
        return Fire(ref context);
    }

    /// <summary>Why the event cannot run a program.</summary>
    public EbpfResult FireInVain()
    {
        SampleProgramContext context = default;
        return _sample.Invoke(1, ref context, [], out _);
    }

    /// <summary>Test-runs a program of the sample extension's type.</summary>
    public uint Run(int program, int repeat = 1) => Run(program, new byte[SampleProgramContext.ByteCount], [], repeat);

    /// <summary>Test-runs a program.</summary>
    public uint Run(int program, byte[] contextIn, byte[] data, int repeat = 1)
    {
        ulong context = Put(contextIn);
        uint size = (uint)contextIn.Length;
        ulong opts = Put(new BpfTestRunOpts
        {
            Sz = (ulong)Unsafe.SizeOf<BpfTestRunOpts>(),
            DataIn = data.Length == 0 ? 0 : Put(data),
            DataSizeIn = (uint)data.Length,
            CtxIn = context,
            CtxSizeIn = size,
            CtxOut = context,
            CtxSizeOut = size,
            Repeat = repeat,
        });
        Assert.True(Library.bpf_prog_test_run_opts(program, opts) == 0, Library.LastRefusal?.Line);
        return Read<BpfTestRunOpts>(opts).Retval;
    }

    /// <summary>A process binds.</summary>
    public NetworkAction Bind(uint process, string application = "a.exe", int cpu = 0) => Network.Deliver(
        cpu, new NetworkEvent(NetworkEventKind.Bind) { ProcessId = process, LocalPort = 80, Application = application, LogonId = 77 }).Action;

    public NetworkAction Unbind(uint process) =>
        Network.Deliver(0, new NetworkEvent(NetworkEventKind.Unbind) { ProcessId = process, LocalPort = 80 }).Action;

    public ulong Put<T>(params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        ulong address = Memory.Allocate((uint)Math.Max(bytes.Length, 1));
        bytes.CopyTo(Memory.Access(address, (uint)bytes.Length, MemoryAccess.Write, "test"));
        return address;
    }

    public T Read<T>(ulong address)
        where T : unmanaged => MemoryMarshal.Read<T>(Memory.Access(address, (uint)Unsafe.SizeOf<T>(), MemoryAccess.Read, "test"));

    public byte[] Bytes(ulong address, ulong length) => Memory.Access(address, (uint)length, MemoryAccess.Read, "test").ToArray();

    /// <summary>Writes an element.</summary>
    /// <returns>0 or -errno.</returns>
    public int Update<TKey, TValue>(int map, TKey key, TValue value)
        where TKey : unmanaged
        where TValue : unmanaged => Library.bpf_map_update_elem(map, Put(key), Put(value), 0);

    /// <summary>Reads an element that must be there.</summary>
    public TValue Find<TKey, TValue>(int map, TKey key)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        ulong value = Put(default(TValue));
        Assert.True(Library.bpf_map_lookup_elem(map, Put(key), value) == 0, Library.LastRefusal?.Line);
        return Read<TValue>(value);
    }

    /// <summary>The value of key 0 of a map of numbers with 4 bytes.</summary>
    public uint Value(bpf_object loaded, string map) => Find<uint, uint>(MapFd(loaded, map), 0);

    public T Info<T>(int fd)
        where T : unmanaged
    {
        ulong info = Put(default(T));
        Assert.Equal(0, Library.bpf_obj_get_info_by_fd(fd, info, Put((uint)Unsafe.SizeOf<T>())));
        return Read<T>(info);
    }

    public int CreateMap(BpfMapType type, uint keySize = 4, uint valueSize = 4, uint maxEntries = 1, int inner = 0)
    {
        ulong opts = Put(new BpfMapCreateOpts { Sz = (ulong)Unsafe.SizeOf<BpfMapCreateOpts>(), InnerMapFd = inner });
        int fd = Library.bpf_map_create(type, null, keySize, valueSize, maxEntries, opts);
        Assert.True(fd > 0, Library.LastRefusal?.Line);
        return fd;
    }

    public void Dispose()
    {
        foreach (bpf_link link in _links)
        {
            Library.bpf_link__destroy(link);
        }

        Library.Dispose();
        ShutdownReport report = Machine.Shutdown();
        Machine.Dispose();
        Assert.Empty(report.Leaks);
    }

    private int Count(Func<uint, ulong, int> next)
    {
        ulong id = Put(0u);
        int count = 0;
        while (next(Read<uint>(id), id) == 0)
        {
            count++;
        }

        return count;
    }
}
