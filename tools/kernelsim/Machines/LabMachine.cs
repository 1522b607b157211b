using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Machines;

/// <summary>A machine with the eBPF driver loaded and one process on it: what every verb that boots one starts from.</summary>
internal sealed class LabMachine : IDisposable
{
    private LabMachine(Machine machine, EbpfCoreDriver driver, PsProcess process)
    {
        Machine = machine;
        Driver = driver;
        Process = process;
    }

    /// <summary>The machine.</summary>
    public Machine Machine { get; }

    /// <summary>The driver.</summary>
    public EbpfCoreDriver Driver { get; }

    /// <summary>The process that the verb acts as.</summary>
    public PsProcess Process { get; }

    /// <summary>The process's way into the kernel.</summary>
    public ISystemGate Gate => Process.Gate;

    /// <summary>Boots a machine.</summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="process">The process to create.</param>
    /// <param name="options">How the driver is configured; null for the defaults.</param>
    public static LabMachine Boot(MachineSettings settings, ProcessOptions process, EbpfCoreOptions? options = null)
    {
        Machine machine = Machine.Boot(settings.ForMachine());
        EbpfCoreDriver driver = new(options);
        NtStatus status = machine.LoadDriver(driver, out _);
        if (!status.IsSuccess)
        {
            machine.Dispose();
            throw new InvalidOperationException($"the driver did not load: {status}");
        }

        return new LabMachine(machine, driver, machine.Processes.Create(process));
    }

    /// <summary>Shuts the machine down.</summary>
    /// <returns>What was still outstanding, a line each: none in a healthy run.</returns>
    public IReadOnlyList<string> Shutdown() => Machine.Shutdown().Leaks;

    /// <inheritdoc/>
    public void Dispose() => Machine.Dispose();
}
