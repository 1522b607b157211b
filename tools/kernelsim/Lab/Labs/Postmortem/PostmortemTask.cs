using System.Globalization;
using KernelSim.LabScripts;
using KernelSim.Tool.Lab.Grading.Answers;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Postmortem;

/// <summary>A program with a bug.</summary>
/// <param name="Script">The program.</param>
/// <param name="Cause">The word of TASKS.md for its bug; empty where the bug needs none.</param>
internal sealed record BrokenProgram(ScriptInput Script, string Cause);

/// <summary>A broken program to be diagnosed from its trace. The diagnosis is compared with another run of the program.</summary>
internal abstract class PostmortemTask : AnswersTask
{
    /// <inheritdoc/>
    public sealed override string File => $"{Name}.json";

    /// <summary>The trace that the student gets.</summary>
    public string TraceFile => $"{Name}.nettrace";

    /// <summary>How the trace is explained.</summary>
    protected string Why => $"kernelsim trace why {TraceFile}";

    /// <summary>How the trace is listed.</summary>
    protected string Events => $"kernelsim trace events {TraceFile}";

    /// <summary>The program of a seed.</summary>
    public abstract BrokenProgram Draw(ulong seed);

    /// <inheritdoc/>
    protected sealed override bool TryFindAnswers(TaskRun run, out IReadOnlyList<AnswerField> fields, out string problem)
    {
        BrokenProgram broken = Draw(run.Folder.Seed);
        bool isRun = run.Hosts.Run(new ScriptJob(), broken.Script, out ScriptFacts? facts, out problem);
        fields = isRun ? Diagnose(broken, facts!) : [];
        return isRun;
    }

    /// <summary>The diagnosis, from a run of the program.</summary>
    protected abstract IReadOnlyList<AnswerField> Diagnose(BrokenProgram broken, ScriptFacts facts);

    /// <summary>A number as an answer.</summary>
    protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Keys of four bytes, one after the other, in hex.</summary>
    protected static string Keys(IEnumerable<int> numbers) => Hex.Of([.. numbers.SelectMany(BitConverter.GetBytes)]);

    /// <summary>Bytes in hex, all zero.</summary>
    protected static string Zeros(int bytes) => new('0', 2 * bytes);

    /// <summary>A line that creates a map with keys of four bytes.</summary>
    protected static string Create(string name, string type, int valueSize, int maxEntries) =>
        $$"""{"op":"map_create","as":"{{name}}","type":"{{type}}","name":"{{name}}","key_size":4,"value_size":{{valueSize}}"""
        + $",\"max_entries\":{maxEntries}}}";

    /// <summary>A line that updates elements.</summary>
    protected static string Update(string map, string keys, int bytes, int count) =>
        $$"""{"op":"map_update_batch","fd":"{{map}}","keys":"{{keys}}","values":"{{Zeros(bytes)}}","count":{{count}}}""";
}
