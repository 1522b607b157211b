using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.Tool.CommandLine;

/// <summary>The requested machine, and the process that runs on it.</summary>
internal sealed record MachineSettings
{
    /// <summary>The maximum number of processors of a machine.</summary>
    public const int MaximumCpus = MachineOptions.MaxProcessors;

    /// <summary>Possible processors.</summary>
    public int Cpus { get; init; } = 4;

    /// <summary>The heap of the process.</summary>
    public HeapMode Heap { get; init; } = HeapMode.Guarded;

    /// <summary>Seed of all random numbers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The library that marshals the process's calls.</summary>
    public LibraryVersion Library { get; init; } = LibraryVersion.Checked;

    /// <summary>The number below the first request id, by which a recording tells this machine from others in the host process.</summary>
    public ulong RequestIdBase { get; init; }

    /// <summary>Maximum number of bytes of pool.</summary>
    public long PoolLimit { get; init; } = new MachineOptions().PoolLimit;

    /// <summary>Files whose drivers and program modules the machine gets in addition to the tool's own, in this order.</summary>
    public IReadOnlyList<string> DriverFiles { get; init; } = [];

    /// <summary>The file for a dump of the machine if it stops; null: none.</summary>
    public string? DumpFile { get; init; }

    /// <summary>Tells the user something about the machine while it runs; null: nobody is told.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>Converts to the options for booting the machine.</summary>
    public MachineOptions ForMachine() => new() { Processors = Cpus, Seed = Seed, PoolLimit = PoolLimit, RequestIdBase = RequestIdBase };

    /// <summary>Converts to the options for creating a process.</summary>
    /// <param name="name">The image name.</param>
    public ProcessOptions ForProcess(string name) => new() { Name = name, Heap = Heap };
}
