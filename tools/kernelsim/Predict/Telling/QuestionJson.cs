using System.Text.Json;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Rendering;

namespace KernelSim.Tool.Predict.Telling;

/// <summary>A question as JSON.</summary>
internal static class QuestionJson
{
    /// <summary>Writes a question as an object.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="posed">The question.</param>
    /// <param name="given">What was answered; null if nothing was.</param>
    /// <param name="reveals">Whether the answer and its explanation are written.</param>
    public static void Write(Utf8JsonWriter json, PosedQuestion posed, string? given, bool reveals)
    {
        json.WriteStartObject();
        json.WriteString("topic", posed.Topic.Name);
        json.WriteNumber("seed", posed.Seed);
        json.WriteString("question", posed.Question.Text);
        if (given is not null)
        {
            json.WriteString("given", given);
            json.WriteBoolean("right", posed.IsRight(given) == true);
        }

        if (reveals)
        {
            json.WriteString("answer", posed.WrittenAnswer);
            json.WriteString("explanation", Explanation(posed));
        }

        json.WriteEndObject();
    }

    /// <summary>The explanation as it stands on a console without a terminal, after the answer's text if there were several to choose from.</summary>
    private static string Explanation(PosedQuestion posed)
    {
        using StringWriter text = new() { NewLine = "\n" };
        ToolConsole console = new(TextReader.Null, text, TextWriter.Null);
        new TerminalRenderer(console).Render(posed.Explain(isNarrow: false));
        console.Out.Flush();
        IEnumerable<string> lines = text.ToString().Split('\n').Select(l => l.StartsWith("  ", StringComparison.Ordinal) ? l[2..] : l);
        string told = string.Join('\n', lines).Trim('\n');
        return posed.ChoiceText is { } choice ? $"{choice}\n{told}" : told;
    }
}
