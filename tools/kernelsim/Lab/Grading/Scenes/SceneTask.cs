using System.Globalization;
using System.Text;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>A task whose answer is a driver: it is loaded on a machine of the judge's, and programs use it step by step.</summary>
internal abstract class SceneTask : SourceTask
{
    /// <summary>The student's class.</summary>
    protected abstract string Class { get; }

    /// <summary>Writes the scene of a seed.</summary>
    /// <param name="draw">What may vary.</param>
    protected abstract Scene Write(LabSeed draw);

    /// <inheritdoc/>
    protected sealed override void Judge(TaskRun run, string library, Verdict verdict)
    {
        Scene scene = Write(new LabSeed(run.Seed, $"{run.Folder.Lab.Name}/{Name}"));
        SceneInput input = new(library, Class, scene.Name, scene.Room, run.Seed, [.. scene.Steps.Select(s => s.Step)]);
        string left = $"{LabFolder.OutputFolder}/{Name}.txt";
        if (!run.Hosts.Run(new SceneJob(), input, out SceneFacts? facts, out string problem))
        {
            verdict.Require(0, isMet: false, $"{File} plays its part", problem, "", $"{File}; TASKS.md, {run.Folder.Lab.Name}/{Name}");
            return;
        }

        string look = $"{scene.Look}; the steps before it in {left}";
        for (int i = 0; i < scene.Steps.Count; i++)
        {
            ExpectedStep step = scene.Steps[i];
            string what = $"step {Number(i)}, {step.What}";
            if (i < facts!.Steps.Count)
            {
                SceneOutcome fact = facts.Steps[i];

                // A driver that blocks has no points: it would block for as long under each of the other seeds.
                verdict.Require(facts.IsStuck ? 0 : step.Points, step.IsMet(fact), what, fact.ToString(), step.Expected, look);
            }
            else if (facts.Stop is { } stop)
            {
                verdict.Require(0, isMet: false, what, $"the machine stopped{Place(stop)}: {stop.Text}", "", $"{StopAdvice.Of(stop)}; {left}");
            }
            else
            {
                verdict.Require(0, isMet: false, what, "it did not end", "", $"a loop, a wait or a lock that never ends; {left}");
            }

            if (verdict.Miss is not null)
            {
                break;
            }
        }

        if (verdict.Miss is not null || run.IsOwnSeed)
        {
            run.Leave($"{Name}.txt", Transcript(run, scene, facts!));
        }
    }

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    private static string Place(BugcheckFact stop) => stop.Place is { } place ? $" in {place}" : "";

    private string Transcript(TaskRun run, Scene scene, SceneFacts facts)
    {
        StringBuilder text = new();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{run.Folder.Lab.Name}/{Name} under seed {run.Seed}: new {Class}(\"{scene.Name}\", {scene.Room}, ...)");
        text.AppendLine();
        for (int i = 0; i < scene.Steps.Count && i <= facts.Steps.Count; i++)
        {
            ExpectedStep step = scene.Steps[i];
            text.AppendLine(CultureInfo.InvariantCulture, $"{i + 1,3}  {step.What}");
            if (i == facts.Steps.Count)
            {
                text.AppendLine(facts.Stop is { } stop ? $"       ! {stop.Text}{Place(stop)}" : "       ! it did not end");
                text.AppendJoin("", (facts.Stop?.Processors ?? []).Select(p => $"         {p}\n"));
            }
            else if (step.IsMet(facts.Steps[i]))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"       {facts.Steps[i]}");
            }
            else
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"       ! {facts.Steps[i]}");
                text.AppendLine(CultureInfo.InvariantCulture, $"         expected {step.Expected}");
                break;
            }
        }

        return text.ToString();
    }
}
