using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Samples.Programs;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.Programs;

/// <summary>A machine with both drivers, the sample modules, a network and a .NET program. Disposing it fails if anything is left.</summary>
internal sealed class ProgramLab : IDisposable
{
    public const int Cpus = 4;

    public ProgramLab()
    {
        Machine = Machine.Boot(new MachineOptions { Processors = Cpus });
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(Driver, out _));
        NetEbpfExtDriver extension = new();
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(extension, out _));
        SampleModules.Install(Machine.Images);
        Network = new NetworkEventSource(extension);
        Session = new BpfSession(Machine.Processes.Create(null).Gate);
    }

    public Machine Machine { get; }

    public EbpfCoreDriver Driver { get; } = new();

    public NetworkEventSource Network { get; }

    public BpfSession Session { get; }

    public void Dispose()
    {
        Session.Dispose();
        ShutdownReport report = Machine.Shutdown();
        Machine.Dispose();
        Assert.Empty(report.Leaks);
    }
}
