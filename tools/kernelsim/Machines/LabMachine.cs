using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Samples.Programs;
using KernelSim.Samples.SampleExt;
using KernelSim.Samples.SampleMap;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Machines;

/// <summary>A machine with the eBPF driver loaded: the base of every verb that boots one.</summary>
internal sealed class LabMachine : IDisposable
{
    private LabMachine(Machine machine, EbpfCoreDriver driver, NetEbpfExtDriver? network)
    {
        Machine = machine;
        Driver = driver;
        Network = network is null ? null : new NetworkEventSource(network);
    }

    /// <summary>The booted machine.</summary>
    public Machine Machine { get; }

    /// <summary>The loaded eBPF driver.</summary>
    public EbpfCoreDriver Driver { get; }

    /// <summary>The network; null on a machine without extension drivers.</summary>
    public NetworkEventSource? Network { get; }

    /// <summary>Boots a machine.</summary>
    /// <param name="settings">The requested machine.</param>
    /// <param name="options">The driver's configuration; null for the defaults.</param>
    /// <param name="extensions">Whether to load the extension drivers and install the sample modules too.</param>
    public static LabMachine Boot(MachineSettings settings, EbpfCoreOptions? options = null, bool extensions = false)
    {
        Machine machine = Machine.Boot(settings.ForMachine());
        EbpfCoreDriver driver = new(options);
        NetEbpfExtDriver? network = extensions ? new() : null;
        if (extensions)
        {
            // Drivers are unloaded in reverse order, and a provider cannot be unloaded before its maps, which are freed with the eBPF driver
            // at the latest.
            Load(machine, new SampleMapDriver());
        }

        Load(machine, driver);
        if (network is not null)
        {
            Load(machine, network);
            Load(machine, new SampleExtDriver());
            SampleModules.Install(machine.Images);
        }

        return new LabMachine(machine, driver, network);
    }

    /// <summary>Starts a process, which ends with the machine at the latest.</summary>
    public PsProcess Start(ProcessOptions process) => Machine.Processes.Create(process);

    /// <summary>Shuts the machine down.</summary>
    /// <returns>What was still outstanding, one line each: empty in a healthy run.</returns>
    public IReadOnlyList<string> Shutdown() => Machine.Shutdown().Leaks;

    /// <inheritdoc/>
    public void Dispose() => Machine.Dispose();

    private static void Load(Machine machine, IDriver driver)
    {
        NtStatus status = machine.LoadDriver(driver, out _);
        if (!status.IsSuccess)
        {
            machine.Dispose();
            throw new InvalidOperationException($"the driver {driver.Name} did not load: {status}");
        }
    }
}
