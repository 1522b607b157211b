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
    /// <param name="path">Path of the file.</param>
    /// <param name="take">Receives each event.</param>
    /// <param name="totals">The totals at the end.</param>
    /// <returns>Why it cannot be read; null when it was.</returns>
    public static Failure? Stream(string path, Action<TracedEvent> take, out TraceTotals totals)
    {
        totals = new TraceTotals(0, 0);
        bool taking = false;
        void Take(TracedEvent e)
        {
            taking = true;
            take(e);
            taking = false;
        }

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
