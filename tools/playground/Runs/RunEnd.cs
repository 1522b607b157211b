using KernelSim.LabScripts.Output;

namespace KernelSim.Playground.Runs;

/// <summary>How a run ended.</summary>
internal static class RunEnd
{
    /// <summary>The answer to a step of a run that has not begun.</summary>
    public static string NoRun { get; } = Of(line: null, "there is no run, expected one that was started", [], 0);

    /// <summary>Writes the end.</summary>
    /// <param name="line">The line that it ended in; null if it is about none.</param>
    /// <param name="error">Why it did not get to its end; null if it did.</param>
    /// <param name="leaks">What was outstanding when the machine shut down, one line each.</param>
    /// <param name="milliseconds">How long the run took, the machine's boot and end included.</param>
    public static string Of(int? line, string? error, IReadOnlyList<string> leaks, double milliseconds) => JsonText.Of(OutputFormat.Json, json =>
    {
        json.WriteStartObject();
        json.WriteString("event", "end");
        json.WriteStartObject("outcome");
        json.WriteBoolean("ok", error is null && leaks.Count == 0);
        if (error is not null)
        {
            json.WriteStartObject("error");
            if (line is { } number)
            {
                json.WriteNumber("line", number);
            }

            json.WriteString("message", error);
            json.WriteEndObject();
        }

        json.WriteStartArray("leaks");
        foreach (string leak in leaks)
        {
            json.WriteStringValue(leak);
        }

        json.WriteEndArray();
        json.WriteNumber("ms", Math.Round(milliseconds, 3));
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
