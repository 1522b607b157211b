using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Script;

/// <summary>One run of a lab script on a machine of this host process: reads its lines, makes its calls, writes its results.</summary>
/// <param name="console">The console for results.</param>
/// <param name="format">Whether to indent; a result is JSON in any case.</param>
/// <param name="session">The session that the script runs in.</param>
internal sealed class ScriptRun(ToolConsole console, OutputFormat format, ScriptSession session)
{
    /// <summary>Runs a script to its end.</summary>
    /// <returns>What was wrong with the line at which it stopped; null when it ran to the end.</returns>
    public Failure? Execute(ScriptText lines)
    {
        ScriptInterpreter interpreter = new(session);
        int number = 1;
        using IDisposable? progress = lines.IsFile ? console.Progress(() => $"script: line {number}") : null;
        for (; ; number++)
        {
            if (lines.Read(out string? line) is { } unreadable)
            {
                return unreadable;
            }

            if (line is null)
            {
                return null;
            }

            if (interpreter.Answer(line, number, out ScriptAnswer? answer) is { } wrong)
            {
                return wrong;
            }

            if (answer is not null)
            {
                Write(number, answer);
            }
        }
    }

    private void Write(int number, ScriptAnswer answer)
    {
        console.Out.WriteLine(JsonText.Of(format, json => answer.Result.Write(json, answer.Call.Id)));

        // The writer of the next line may be waiting for this result.
        console.Out.Flush();
        if (console.ErrorIsTerminal && format == OutputFormat.Text && answer.Result.Refusal is { } refusal)
        {
            console.Note($"script: line {number}: {refusal.Line}");
        }
    }
}
