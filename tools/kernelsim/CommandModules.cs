using KernelSim.Tool.Bench;
using KernelSim.Tool.Bpf;
using KernelSim.Tool.Bpftool;
using KernelSim.Tool.Completion;
using KernelSim.Tool.Debug;
using KernelSim.Tool.Doctor;
using KernelSim.Tool.Dump;
using KernelSim.Tool.Explain;
using KernelSim.Tool.Lab;
using KernelSim.Tool.Museum;
using KernelSim.Tool.Replay;
using KernelSim.Tool.Script;
using KernelSim.Tool.Serve;
using KernelSim.Tool.Top;
using KernelSim.Tool.Tour;
using KernelSim.Tool.Trace;

namespace KernelSim.Tool.CommandLine;

/// <summary>All verbs, in the order of the help.</summary>
internal static class CommandModules
{
    /// <summary>One row per verb.</summary>
    public static IReadOnlyList<ICommandModule> All { get; } =
    [
        new TourCommand(),
        new MuseumCommand(),
        new ScriptCommand(),
        new ServeCommand(),
        new MapVerb(),
        new ProgVerb(),
        new LinkVerb(),
        new BatchVerb(),
        new BpfCommand(),
        new TopCommand(),
        new ReplayCommand(),
        new ExplainCommand(),
        new TraceCommand(),
        new DumpCommand(),
        new DebugCommand(),
        new BenchCommand(),
        new LabCommand(),
        new DoctorCommand(),
        new CompletionCommand(),
    ];
}
