using KernelSim.LabScripts;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Script;

/// <summary>One run of a lab script on a machine of this host process: reads its lines, makes its calls, writes its results.</summary>
/// <param name="console">The console for results.</param>
/// <param name="format">Whether to indent; a result is JSON in any case.</param>
/// <param name="session">The session that the script runs in.</param>
internal sealed class ScriptRun(ToolConsole console, OutputFormat format, ScriptSession session)
{
    /// <summary>Milliseconds after which results are sent though the next line is at hand.</summary>
    private const int LongestWait = 10;

    private long _sent;

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What was wrong with the line at which it stopped; null when it ran to the end.</returns>
    public Failure? Execute(ScriptText lines)
    {
        try
        {
            using JsonLineWriter output = new(console.Out, format);
            return Execute(lines, output);
        }
        finally
        {
            // What is told of the end of the script comes after the results of its lines.
            console.Out.Flush();
        }
    }

    private Failure? Execute(ScriptText lines, JsonLineWriter output)
    {
        ScriptInterpreter interpreter = new(session);
        int number = 1;
        using IDisposable? progress = lines.IsFile ? console.Progress(() => $"script: line {number}") : null;
        for (; ; number++)
        {
            // Whoever writes the next line may be waiting for the results of the lines before.
            if (!lines.HasLine || Environment.TickCount64 - _sent >= LongestWait)
            {
                console.Out.Flush();
                _sent = Environment.TickCount64;
            }

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
                Write(number, answer, output);
            }
        }
    }

    private void Write(int number, ScriptAnswer answer, JsonLineWriter output)
    {
        output.Write(answer, static (json, answer) => answer.Result.Write(json, answer.Call.Id));
        if (console.ErrorIsTerminal && format == OutputFormat.Text && answer.Result.Refusal is { } refusal)
        {
            console.Out.Flush();
            console.Note($"script: line {number}: {refusal.Line}");
        }
    }
}
