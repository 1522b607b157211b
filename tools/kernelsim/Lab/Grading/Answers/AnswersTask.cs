using System.Text.Json;
using KernelSim.Tool.Lab.Grading.Judging;

namespace KernelSim.Tool.Lab.Grading.Answers;

/// <summary>
/// A task whose answer is a file of JSON with a field for each question. The right answers come from a run of the machine, with the folder's
/// seed; a miss says which question it is, not the answer. Answers have points once more than half of them are right.
/// </summary>
internal abstract class AnswersTask : ExerciseTask
{
    /// <inheritdoc/>
    public override bool IsOfOwnSeed => true;

    /// <inheritdoc/>
    public sealed override void Judge(TaskRun run, Verdict verdict)
    {
        string readMe = $"TASKS.md, {Name}";
        if (!run.Folder.TryRead(File, out string text, out string problem) || !TryParse(text, out Dictionary<string, string> given, out problem))
        {
            verdict.Require(0, isMet: false, $"{File} can be read", problem, "one JSON object with the fields that lab start wrote", readMe);
            return;
        }

        if (!TryFindAnswers(run, out IReadOnlyList<AnswerField> fields, out problem))
        {
            verdict.Require(0, isMet: false, "the machine finds the answers", problem, "", "kernelsim doctor");
            return;
        }

        // A few of them can be right by chance, or in the folder of another student.
        bool[] right = [.. fields.Select(f => given.TryGetValue(f.Name, out string? a) && f.IsAnsweredBy(a))];
        bool isKnown = 2 * right.Count(r => r) > fields.Count;
        string[] wrong = [.. fields.Where((_, i) => !right[i]).Select(f => f.Name)];
        string others = wrong.Length > 1 ? $"; also wrong: {string.Join(", ", wrong.Skip(1))}" : "";
        for (int i = 0; i < right.Length; i++)
        {
            string said = given.TryGetValue(fields[i].Name, out string? answer) ? $"'{answer}'" : "no answer";
            verdict.Ask(
                isKnown ? fields[i].Points : 0, right[i], $"{File}, {fields[i].Name}", said, fields[i].Expected + others, fields[i].Look);
        }
    }

    /// <summary>Finds the right answers by running the machine.</summary>
    protected abstract bool TryFindAnswers(TaskRun run, out IReadOnlyList<AnswerField> fields, out string problem);

    private static bool TryParse(string text, out Dictionary<string, string> answers, out string problem)
    {
        (answers, problem) = ([], "");
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                problem = "another kind of JSON";
                return false;
            }

            foreach (JsonProperty field in document.RootElement.EnumerateObject().Where(f => f.Value.ValueKind != JsonValueKind.Null))
            {
                answers[field.Name] = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : field.Value.GetRawText();
            }

            return true;
        }
        catch (JsonException e)
        {
            problem = $"no JSON: {JsonReason.Of(e)}";
            return false;
        }
        catch (InvalidOperationException)
        {
            // The only invalid text that the JSON parser accepts.
            problem = "half of a surrogate pair";
            return false;
        }
    }
}
