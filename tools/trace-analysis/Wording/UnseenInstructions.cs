using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Wording;

/// <summary>Finds, while a trace is read, the programs whose instructions the session asked for in vain, and says what to do.</summary>
public sealed class UnseenInstructions
{
    /// <summary>The engine of instructions that are compiled into a native module.</summary>
    private const string Module = "native";

    /// <summary>More are counted only.</summary>
    private const int MostNames = 8;

    private readonly SortedSet<string> _compiled = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _inModules = new(StringComparer.Ordinal);

    /// <summary>The programs, and what to do; null if the session did not ask for instructions, or got those of all programs.</summary>
    public string? Note
    {
        get
        {
            string[] notes = [.. NoteOf(_compiled, "compiled"), .. NoteOf(_inModules, Module)];
            return notes.Length == 0 ? null : string.Join(" And ", notes);
        }
    }

    /// <summary>What to do to see the instructions of programs that ran in an engine.</summary>
    /// <param name="engine">The engine by its name in <see cref="InstructionsNotRecordedEvent"/>.</param>
    public static string Advice(string engine) => engine == Module
        ? "The code of a module shows no instructions: load the object file (.o) instead of the module, with \"execution\":\"interpreter\"."
        : "Compiled code shows no instructions: load the program with \"execution\":\"interpreter\" to record them.";

    /// <summary>Processes the next event.</summary>
    public void Add(TracedEvent e)
    {
        if (e is InstructionsNotRecordedEvent run)
        {
            (run.Engine == Module ? _inModules : _compiled).Add(run.Program);
        }
    }

    private static IEnumerable<string> NoteOf(SortedSet<string> programs, string engine)
    {
        string more = programs.Count > MostNames ? $" and {programs.Count - MostNames} more" : string.Empty;
        return programs.Count == 0
            ? []
            : [$"no instructions were recorded of {VisibleText.Escape(string.Join(", ", programs.Take(MostNames)))}{more}. {Advice(engine)}"];
    }
}
