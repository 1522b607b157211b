using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>A machine with the driver loaded and one elevated program. Disposing it fails the test if anything is left behind.</summary>
internal sealed class EbpfMachine : IDisposable
{
    public EbpfMachine(int cpus = 2, EbpfCoreOptions? options = null, MachineOptions? machine = null)
    {
        Machine = Machine.Boot((machine ?? new MachineOptions()) with { Processors = cpus });
        Driver = new EbpfCoreDriver(options ?? EbpfCoreOptions.NativeOnly);
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(Driver, out DriverObject? driver));
        DriverObject = driver!;
        User = NewUser();
    }

    public Machine Machine { get; }

    public EbpfCoreDriver Driver { get; }

    public DriverObject DriverObject { get; }

    /// <summary>An elevated program with the device open.</summary>
    public EbpfUser User { get; }

    public EbpfUser NewUser(ProcessOptions? options = null) => new(Machine.Processes.Create(options));

    /// <summary>Runs code in the kernel at PASSIVE_LEVEL.</summary>
    public void InKernel(Action<KeThread> code)
    {
        using KernelScope scope = Machine.EnterKernel();
        code(scope.Thread);
    }

    public void Dispose()
    {
        ShutdownReport report = Machine.Shutdown();
        Machine.Dispose();
        Assert.Empty(report.Leaks);
    }
}
