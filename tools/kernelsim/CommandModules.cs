using KernelSim.Tool.Bench;
using KernelSim.Tool.Bpf;
using KernelSim.Tool.Bpftool;
using KernelSim.Tool.Completion;
using KernelSim.Tool.Debug;
using KernelSim.Tool.Doctor;
using KernelSim.Tool.Dump;
using KernelSim.Tool.Examples;
using KernelSim.Tool.Explain;
using KernelSim.Tool.Lab;
using KernelSim.Tool.Museum;
using KernelSim.Tool.Playground;
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
    /// <summary>
    /// One row per verb; made anew for each caller. A module's options and arguments keep a reference to every command that they were added to:
    /// shared modules would grow with each command line that a process runs.
    /// </summary>
    public static IReadOnlyList<ICommandModule> All =>
    [
        new TourCommand(),
        new MuseumCommand(),
        new PlaygroundCommand(),
        new ScriptCommand(),
        new ExamplesCommand(),
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
