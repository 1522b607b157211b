using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Samples.SampleExt;
using KernelSim.Samples.SampleMap;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Running;

/// <summary>A machine with the drivers that the C samples need, and one of them loaded. Disposing it fails if anything is left.</summary>
internal sealed class CSampleLab : IDisposable
{
    public const int Cpus = 4;

    private BpfModule? _object;

    public CSampleLab(string name, EbpfExecutionType engine)
        : this()
    {
        _object = CompiledModules.Load(Machine, Session, name, engine);
    }

    /// <summary>A machine without a program.</summary>
    public CSampleLab()
    {
        Machine = Machine.Boot(new MachineOptions { Processors = Cpus });
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(new EbpfCoreDriver(), out _));
        NetEbpfExtDriver extension = new();
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(extension, out _));
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(Sample, out _));
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(new SampleMapDriver(), out _));
        Network = new NetworkEventSource(extension);
        Session = new BpfSession(Machine.Processes.Create(null).Gate);
    }

    public static TheoryData<EbpfExecutionType> Engines => [EbpfExecutionType.Interpret, EbpfExecutionType.Jit, EbpfExecutionType.Native];

    public Machine Machine { get; }

    public SampleExtDriver Sample { get; } = new();

    public NetworkEventSource Network { get; }

    public BpfSession Session { get; }

    public BpfModule Object => _object!;

    public void Dispose()
    {
        _object?.Dispose();
        _object = null;
        Session.Dispose();
        ShutdownReport report = Machine.Shutdown();
        Machine.Dispose();
        Assert.Empty(report.Leaks);
    }
}
