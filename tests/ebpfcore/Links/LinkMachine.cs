using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Samples.SampleExt;

namespace KernelSim.EbpfCore.Tests.Links;

/// <summary>A machine with the eBPF driver and both extension drivers, whose programs are methods of the test.</summary>
internal sealed class LinkMachine : IDisposable
{
    private readonly ProgramEngine _engine = new();
    private readonly EbpfMachine _machine;
    private DriverObject? _networkObject;
    private DriverObject? _sampleObject;

    public LinkMachine(int cpus = 2, MachineOptions? machine = null)
    {
        _machine = new EbpfMachine(cpus, EbpfCoreOptions.NativeOnly with { Interpreter = _engine }, machine);
        Load();
        Source = new NetworkEventSource(Network);
    }

    public Machine Machine => _machine.Machine;

    public EbpfCoreDriver Driver => _machine.Driver;

    public DriverObject DriverObject => _machine.DriverObject;

    public EbpfUser User => _machine.User;

    public NetEbpfExtDriver Network { get; } = new();

    public SampleExtDriver Sample { get; } = new();

    public NetworkEventSource Source { get; }

    public static Guid TypeOf(BpfAttachType type) => AttachTypeTable.Find(type)!.Id;

    public EbpfUser NewUser(ProcessOptions? options = null) => _machine.NewUser(options);

    /// <summary>Loads the extension drivers.</summary>
    public void Load()
    {
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(Network, out _networkObject));
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(Sample, out _sampleObject));
    }

    /// <summary>Unloads them; waits for whatever runs.</summary>
    public void Unload()
    {
        Assert.Equal(NtStatus.Success, Machine.UnloadDriver(_networkObject!));
        Assert.Equal(NtStatus.Success, Machine.UnloadDriver(_sampleObject!));
    }

    /// <summary>A program with code, of the type that an attach type wants.</summary>
    public NtHandle Program(BpfAttachType type, ProgramBody body)
    {
        NtHandle program = User.NewProgram(AttachTypeTable.Find(type)!.ProgramType);
        User.LoadCode(program, EbpfCodeType.Ebpf, _engine.Code(body)).Expect(EbpfResult.Success);
        return program;
    }

    /// <summary>A program that always answers the same.</summary>
    public NtHandle Program(BpfAttachType type, long answer = 1) => Program(type, (in _) => answer);

    public Answer TryLink(NtHandle program, Guid type, params byte[] data) =>
        User.Send(EbpfOperationId.LinkProgram, new LinkProgramRequest { ProgramHandle = program, AttachType = type }, data, 16);

    /// <summary>Attaches a program; it must succeed.</summary>
    public NtHandle Link(NtHandle program, BpfAttachType type, params byte[] data) =>
        TryLink(program, TypeOf(type), data).Expect(EbpfResult.Success).As<LinkProgramReply>().LinkHandle;

    public Answer Unlink(NtHandle link) => Unlink(link, NtHandle.Invalid, Guid.Empty, false);

    public Answer Unlink(NtHandle link, NtHandle program, Guid type, bool dataPresent, params byte[] data) =>
        User.Send(
            EbpfOperationId.UnlinkProgram,
            new UnlinkProgramRequest
            {
                LinkHandle = link,
                ProgramHandle = program,
                AttachType = type,
                AttachDataPresent = dataPresent ? (byte)1 : (byte)0,
            },
            data);

    public Answer KeepWithoutHandle(NtHandle link) =>
        User.Send(EbpfOperationId.LinkSetLegacyMode, new LinkSetLegacyModeRequest { LinkHandle = link });

    public BpfLinkInfo Info(NtHandle link) =>
        MemoryMarshal.Read<BpfLinkInfo>(User.Info(link, wanted: 56, room: 56).Expect(EbpfResult.Success).Bytes.AsSpan(12));

    public uint LinkCount(NtHandle program) => User.ProgramInfo(program).Expect(EbpfResult.Success).AsProgramInfo().LinkCount;

    /// <summary>Runs the first program of the sample hook.</summary>
    public EbpfResult Happen(out uint result, params byte[] parameter)
    {
        SampleProgramContext context = default;
        return Sample.Invoke(0, ref context, [], out result, attachParameter: parameter);
    }

    public void Dispose()
    {
        if (Network.IsLoaded)
        {
            Unload();
        }

        _machine.Dispose();
    }
}
