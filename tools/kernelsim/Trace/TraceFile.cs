using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Trace;

/// <summary>The trace that a verb reads: the argument, and its failures.</summary>
internal sealed class TraceFile
{
    private const string Expectation = "a trace (.nettrace, on Windows also .etl)";

    private readonly Argument<string> _file = new("FILE") { Description = "The trace: .nettrace, on Windows also .etl." };

    /// <summary>Adds the argument to a verb.</summary>
    public void AddTo(Command command)
    {
        ArgumentRules.RefuseOptions(_file, _ => false);
        command.Arguments.Add(_file);
    }

    /// <summary>Path of the file.</summary>
    public string Read(ParseResult parsed) => parsed.GetRequiredValue(_file);

    /// <summary>Reads a file event by event.</summary>
    /// <param name="console">Where progress is shown.</param>
    /// <param name="path">The file.</param>
    /// <param name="take">Takes each event.</param>
    /// <param name="totals">What is known at the end.</param>
    /// <returns>Why it cannot be read; null when it was.</returns>
    public static Failure? Stream(ToolConsole console, string path, Action<TracedEvent> take, out TraceTotals totals)
    {
        totals = new TraceTotals(0, 0);
        bool taking = false;
        long events = 0;
        void Take(TracedEvent e)
        {
            events++;
            taking = true;
            take(e);
            taking = false;
        }

        using IDisposable? progress = console.Progress(() => $"reading {Path.GetFileName(path)}: {events} events");
        try
        {
            totals = TraceReader.Stream(path, Take);
            return null;
        }
        catch (InvalidDataException e)
        {
            return new Failure($"'{path}' given, expected {Expectation}: {e.Message}");
        }
        catch (Exception e) when (!taking && Failure.FromHost(path, Expectation, e) is { } failure)
        {
            return failure;
        }
    }
}
