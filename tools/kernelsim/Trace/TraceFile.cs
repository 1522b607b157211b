using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Trace;

/// <summary>The trace that a verb reads: the argument, and its failures.</summary>
internal sealed class TraceFile
{
    /// <summary>What a verb expects where the argument stands.</summary>
    public const string Expectation = "a trace (.nettrace, on Windows also .etl)";

    private readonly Argument<string> _file = new("FILE") { Description = "The trace: .nettrace, on Windows also .etl; a pipe, or - for standard input." };

    /// <summary>Adds the argument to a verb.</summary>
    public void AddTo(Command command)
    {
        ArgumentRules.RefuseOptions(_file, given => given == "-");
        command.Arguments.Add(_file);
    }

    /// <summary>Path of the file.</summary>
    public string Read(ParseResult parsed) => parsed.GetRequiredValue(_file);

    /// <summary>Reads a file once, event by event.</summary>
    /// <param name="console">Where progress is shown.</param>
    /// <param name="path">The file.</param>
    /// <param name="take">Takes each event.</param>
    /// <param name="totals">What is known at the end.</param>
    /// <returns>Why it cannot be read; null when it was.</returns>
    public static Failure? Stream(ToolConsole console, string path, Action<TracedEvent> take, out TraceTotals totals)
    {
        using TraceInput input = new(console, path);
        return input.Stream(take, out totals);
    }
}
