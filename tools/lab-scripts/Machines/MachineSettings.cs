using KernelSim.EbpfCore;
using KernelSim.LabScripts.Output;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.LabScripts.Machines;

/// <summary>The requested machine, and the process that runs on it.</summary>
internal sealed record MachineSettings
{
    /// <summary>The maximum number of processors of a machine.</summary>
    public const int MaximumCpus = MachineOptions.MaxProcessors;

    /// <summary>The heaps by their names in options.</summary>
    public static IReadOnlyDictionary<string, HeapMode> Heaps { get; } = new Dictionary<string, HeapMode>
    {
        ["packed"] = HeapMode.Packed,
        ["guarded"] = HeapMode.Guarded,
    };

    /// <summary>The versions of the library by their names in options.</summary>
    public static IReadOnlyDictionary<string, LibraryVersion> Libraries { get; } =
        Enum.GetValues<LibraryVersion>().ToDictionary(LibraryVersionNames.NameOf);

    /// <summary>Possible processors.</summary>
    public int Cpus { get; init; } = 4;

    /// <summary>The heap of the process.</summary>
    public HeapMode Heap { get; init; } = HeapMode.Guarded;

    /// <summary>Seed of all random numbers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The library that marshals the process's calls.</summary>
    public LibraryVersion Library { get; init; } = LibraryVersion.Checked;

    /// <summary>What library and driver do wrong besides.</summary>
    public IReadOnlyList<Defect> Defects { get; init; } = [];

    /// <summary>The library's part of it.</summary>
    public LibraryDefects LibraryDefects => Defects.Aggregate(LibraryDefects.None, (all, d) => all | d.Library);

    /// <summary>The driver's part of it.</summary>
    public EbpfCoreDefects DriverDefects => Defects.Aggregate(EbpfCoreDefects.None, (all, d) => all | d.Driver);

    /// <summary>The number below the first request id, by which a recording tells this machine from others in the host process.</summary>
    public ulong RequestIdBase { get; init; }

    /// <summary>Maximum number of bytes of pool.</summary>
    public long PoolLimit { get; init; } = new MachineOptions().PoolLimit;

    /// <summary>The host, whose files the machine may use; null: it uses none.</summary>
    public IMachineHost? Host { get; init; }

    /// <summary>Creates the drivers that the host adds to one machine.</summary>
    /// <param name="drivers">The drivers; null without a host.</param>
    /// <returns>Why they cannot be created; otherwise null.</returns>
    public Failure? ReadDrivers(out IHostDrivers? drivers)
    {
        drivers = null;
        return Host?.ReadDrivers(out drivers);
    }

    /// <summary>Converts to the options for booting the machine.</summary>
    public MachineOptions ForMachine() => new() { Processors = Cpus, Seed = Seed, PoolLimit = PoolLimit, RequestIdBase = RequestIdBase };

    /// <summary>Converts to the options for creating a process.</summary>
    public ProcessOptions ForProcess(string name) => new() { Name = name, Heap = Heap };
}
