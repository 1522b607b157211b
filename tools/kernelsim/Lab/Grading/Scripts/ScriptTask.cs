using KernelSim.Tool.Lab.Grading.Judging;

namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>
/// A task whose answer is a lab script. Its placeholders are filled in for the seed; it runs on a machine of the judge's, and is judged by the
/// trace of that run and by the kernel's state after it.
/// </summary>
/// <typeparam name="TCase">What is drawn for a seed.</typeparam>
internal abstract class ScriptTask<TCase> : ExerciseTask
    where TCase : ScriptCase
{
    private static readonly ScriptFacts s_nothing = new([], []);

    /// <inheritdoc/>
    public override string File => $"{Name}.jsonl";

    /// <inheritdoc/>
    public sealed override void Judge(TaskRun run, Verdict verdict)
    {
        TCase drawn = Draw(run);
        string left = $"{LabFolder.OutputFolder}/{File}";
        string look = $"{left}, the script as it was run: {drawn.Command(left)}";
        string readMe = $"TASKS.md, {Name}";
        if (!run.Folder.TryRead(File, out string text, out string problem))
        {
            verdict.Require(0, isMet: false, $"{File} can be read", problem, "a lab script", readMe);
            return;
        }

        IReadOnlyList<string> before = drawn.Machine.Lines;
        ScriptFacts? alone = s_nothing;
        if (before.Count > 0 && !run.Hosts.Run(new ScriptJob(), drawn.Machine, out alone, out problem))
        {
            verdict.Require(0, isMet: false, "the machine can be set up", problem, "", "kernelsim doctor");
            return;
        }

        if (!ScriptTemplate.TryBind(text, drawn.Names(alone!), out IReadOnlyList<string> lines, out problem))
        {
            verdict.Require(0, isMet: false, $"the placeholders of {File} have values", problem, "", readMe);
            return;
        }

        if (run.IsOwnSeed)
        {
            run.Leave(File, string.Join('\n', before.Concat(lines)));
        }

        ScriptFacts?[] facts = new ScriptFacts?[drawn.Machines.Count];
        for (int i = 0; i < facts.Length; i++)
        {
            ScriptInput machine = drawn.Machines[i];
            if (!run.Hosts.Run(new ScriptJob(), machine with { Lines = [.. machine.Lines, .. lines] }, out facts[i], out problem))
            {
                verdict.Require(0, isMet: false, $"{File} runs to its end", problem, "", look);
                return;
            }

            if (!verdict.Require(0, facts[i]!.Problem is null, "every line is a call", facts[i]!.Problem ?? "", "", look)
                || !verdict.Require(0, facts[i]!.Ending is null, "the machine is well at the end", facts[i]!.Ending ?? "", "", look))
            {
                return;
            }
        }

        Judge(drawn, [.. facts.Select(f => f! with { Calls = [.. f.Calls.Where(c => c.Line > before.Count)] })], verdict, look);
    }

    /// <summary>Draws the machine and the names for a seed.</summary>
    protected abstract TCase Draw(TaskRun run);

    /// <summary>Judges runs that were valid.</summary>
    /// <param name="drawn">What was drawn.</param>
    /// <param name="facts">What the student's lines did on each of the machines; maps of earlier lines included.</param>
    /// <param name="verdict">Takes the expectations.</param>
    /// <param name="look">Where the student finds the script as it was run.</param>
    protected abstract void Judge(TCase drawn, IReadOnlyList<ScriptFacts> facts, Verdict verdict, string look);
}
