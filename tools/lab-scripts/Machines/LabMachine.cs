using KernelSim.Bytecode;
using KernelSim.EbpfCore;
using KernelSim.LabScripts.Output;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Samples.Programs;
using KernelSim.Samples.SampleExt;
using KernelSim.Samples.SampleMap;

namespace KernelSim.LabScripts.Machines;

/// <summary>A machine with the eBPF driver loaded: the base of every verb that boots one.</summary>
internal sealed class LabMachine : IDisposable
{
    private readonly IHostDrivers? _drivers;

    private LabMachine(Machine machine, EbpfCoreDriver driver, NetEbpfExtDriver? network, ProgramSymbols symbols, IHostDrivers? drivers)
    {
        _drivers = drivers;
        Symbols = symbols;
        Machine = machine;
        Driver = driver;
        Network = network is null ? null : new NetworkEventSource(network);
    }

    /// <summary>The booted machine.</summary>
    public Machine Machine { get; }

    /// <summary>The loaded eBPF driver.</summary>
    public EbpfCoreDriver Driver { get; }

    /// <summary>The source lines of the programs that have been loaded from object files.</summary>
    public ProgramSymbols Symbols { get; }

    /// <summary>The network; null on a machine without extension drivers.</summary>
    public NetworkEventSource? Network { get; }

    /// <summary>The names of the user's own drivers.</summary>
    public IReadOnlyList<string> OwnDrivers => _drivers?.Names ?? [];

    /// <summary>Boots a machine with the extension drivers, the sample modules and the user's own drivers.</summary>
    /// <param name="settings">The requested machine.</param>
    /// <param name="lab">The booted machine, which the caller disposes of.</param>
    /// <returns>Why it has not all of the user's drivers; null when it is booted.</returns>
    public static Failure? Boot(MachineSettings settings, out LabMachine? lab) => Boot(settings, new EbpfCoreOptions(), out lab);

    /// <inheritdoc cref="Boot(MachineSettings, out LabMachine?)"/>
    /// <param name="settings">The requested machine.</param>
    /// <param name="options">The driver's configuration.</param>
    /// <param name="lab">The booted machine, which the caller disposes of.</param>
    public static Failure? Boot(MachineSettings settings, EbpfCoreOptions options, out LabMachine? lab)
    {
        lab = null;
        if (settings.ReadDrivers(out IHostDrivers? drivers) is { } unreadable)
        {
            return unreadable;
        }

        LabMachine booted = Boot(settings, options, extensions: true, drivers);
        if (drivers?.LoadOn(booted.Machine) is { } failure)
        {
            booted.Dispose();
            return failure;
        }

        lab = booted;
        return null;
    }

    /// <summary>Boots a machine without drivers of the user's.</summary>
    /// <param name="settings">The requested machine.</param>
    /// <param name="options">The driver's configuration; null for the defaults.</param>
    /// <param name="extensions">Whether to load the extension drivers and install the sample modules too.</param>
    public static LabMachine Boot(MachineSettings settings, EbpfCoreOptions? options = null, bool extensions = false) =>
        Boot(settings, options, extensions, drivers: null);

    private static LabMachine Boot(MachineSettings settings, EbpfCoreOptions? options, bool extensions, IHostDrivers? drivers)
    {
        Machine machine = Machine.Boot(settings.ForMachine());
        settings.Host?.Watch(machine);
        ProgramSymbols symbols = new();
        EbpfCoreOptions wanted = options ?? new EbpfCoreOptions();
        EbpfCoreDriver driver = new(wanted with { Symbols = symbols, Defects = wanted.Defects | settings.DriverDefects });
        NetEbpfExtDriver? network = extensions ? new() : null;
        if (extensions)
        {
            // Drivers are unloaded in reverse order, and a provider cannot be unloaded before its maps, which are freed with the eBPF driver
            // at the latest.
            LoadSample(machine, new SampleMapDriver(), drivers);
        }

        Load(machine, driver);
        if (network is not null)
        {
            Load(machine, network);
            LoadSample(machine, new SampleExtDriver(), drivers);
            SampleModules.Install(machine.Images);
        }

        return new LabMachine(machine, driver, network, symbols, drivers);
    }

    /// <summary>Installs the program module of an assembly of the host.</summary>
    /// <param name="path">The file; null for a NULL pointer.</param>
    /// <param name="module">The path of the module on the machine; null if the machine has a file of that path, or the host has none.</param>
    /// <returns>Why the file cannot be used; otherwise null.</returns>
    public Failure? InstallModule(string? path, out string? module)
    {
        module = null;
        return path is null || Machine.Images.TryFind(path, out _) ? null : _drivers?.InstallModule(Machine, path, out module);
    }

    /// <summary>Starts a process, which ends with the machine at the latest.</summary>
    public PsProcess Start(ProcessOptions process) => Machine.Processes.Create(process);

    /// <summary>
    /// For exception filters: stops the machine if code of the user's drivers or modules threw the exception, where no routine of the kernel has
    /// called it. Any other exception is a failure of the tool.
    /// </summary>
    public bool StopIfUsers(Exception exception) => _drivers?.Threw(exception) == true && Machine.StopOnUnhandled(exception);

    /// <summary>The check of a number that the user's drivers have declared; null if there is none.</summary>
    public Check? FindCheck(int number) => _drivers?.FindCheck(number);

    /// <summary>Shuts the machine down at the end of a verb.</summary>
    /// <returns>Why it stopped, or what was still outstanding; null after a healthy run.</returns>
    public Failure? End() => MachineEnd.Of(Machine, _drivers);

    /// <summary>Shuts the machine down.</summary>
    /// <returns>What was still outstanding, one line each: empty in a healthy run.</returns>
    public IReadOnlyList<string> Shutdown() => Machine.Shutdown().Leaks;

    /// <inheritdoc/>
    public void Dispose() => Machine.Dispose();

    /// <summary>Loads a sample, unless the user has a driver of its name, such as a changed copy of it.</summary>
    private static void LoadSample(Machine machine, IDriver sample, IHostDrivers? drivers)
    {
        if (drivers?.Has(sample.Name) != true)
        {
            Load(machine, sample);
        }
    }

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
