using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Trace.Collection;
using KernelSim.Tool.Trace.Conversion;
using KernelSim.Tool.Trace.Report;
using KernelSim.Tool.Trace.Why;

namespace KernelSim.Tool.Trace;

/// <summary>The noun <c>trace</c>: recordings of a simulated machine. One file and one row for each verb.</summary>
internal sealed class TraceCommand : ICommandModule
{
    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim trace events tour.nettrace --errno EINVAL",
        "Lists what happened in the requests that ended with EINVAL.");

    /// <inheritdoc/>
    public IReadOnlyList<ICommandModule> Verbs { get; } =
    [
        new CollectCommand(),
        new TailCommand(),
        new EventsCommand(),
        new ReportCommand(),
        new WhyCommand(),
        new ViewCommand(),
        new ConvertCommand(),
    ];

    /// <inheritdoc/>
    public Command Build(ToolConsole console) => new("trace", "Record what a machine does, and look at recordings.");
}
