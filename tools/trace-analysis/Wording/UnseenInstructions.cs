using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Wording;

/// <summary>Finds, while a trace is read, the programs whose instructions the session asked for in vain, and says what to do.</summary>
public sealed class UnseenInstructions
{
    /// <summary>What to do.</summary>
    public const string Advice =
        "Compiled code shows no instructions: load the program with \"execution\":\"interpreter\" to record them.";

    /// <summary>More are not listed.</summary>
    private const int MostNames = 8;

    private readonly SortedSet<string> _programs = new(StringComparer.Ordinal);

    /// <summary>One line; null if the session did not ask for instructions, or got those of all programs.</summary>
    public string? Note => _programs.Count == 0
        ? null
        : $"no instructions were recorded of {VisibleText.Escape(string.Join(", ", _programs))}. {Advice}";

    /// <summary>Processes the next event.</summary>
    public void Add(TracedEvent e)
    {
        if (e is InstructionsNotRecordedEvent run && _programs.Count < MostNames)
        {
            _programs.Add(run.Program);
        }
    }
}
