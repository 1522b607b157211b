using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Tests.Support;

/// <summary>A machine with the extension driver and its network, and no eBPF driver: tests attach links of their own making.</summary>
internal sealed class Network : IDisposable
{
    public Network(int cpus = 2)
    {
        Machine = Machine.Boot(new MachineOptions { Processors = cpus });
        Driver = new NetEbpfExtDriver();
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(Driver, out DriverObject? driver));
        DriverObject = driver!;
        Source = new NetworkEventSource(Driver);
    }

    public Machine Machine { get; }

    public NetEbpfExtDriver Driver { get; }

    public DriverObject DriverObject { get; }

    public NetworkEventSource Source { get; }

    /// <summary>Tries to attach a program.</summary>
    public TestLink Link(BpfAttachType type, TestProgram program, params byte[] data)
    {
        TestLink link = new(Machine, type, program, data);
        using KernelScope kernel = Machine.EnterKernel();
        link.Attach(kernel.Thread);
        return link;
    }

    /// <summary>Attaches a program; the hook must take it.</summary>
    public TestLink Attach(BpfAttachType type, TestProgram program, params byte[] data)
    {
        TestLink link = Link(type, program, data);
        Assert.Equal(NtStatus.Success, link.Answer);
        return link;
    }

    /// <summary>Attaches a program that always answers the same.</summary>
    public TestLink Attach(BpfAttachType type, uint answer, params byte[] data) => Attach(type, TestProgram.Answers(answer), data);

    public NetworkVerdict Deliver(NetworkEvent @event, int cpu = 0) => Source.Deliver(cpu, @event);

    public void Dispose()
    {
        ShutdownReport report = Machine.Shutdown();
        Machine.Dispose();
        Assert.Empty(report.Leaks);
    }
}
