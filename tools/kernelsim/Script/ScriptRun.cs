using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Script;

/// <summary>One run of a lab script: reads its lines, makes its calls, writes its results.</summary>
/// <param name="console">Where results go.</param>
/// <param name="format">Indented or not; a result is JSON in any case.</param>
/// <param name="session">The program.</param>
internal sealed class ScriptRun(ToolConsole console, OutputFormat format, ScriptSession session)
{
    /// <summary>Runs a script to its end.</summary>
    /// <returns>What was wrong with the line at which it stopped; null when it ran to the end.</returns>
    public Failure? Execute(TextReader lines)
    {
        ScriptReader reader = new(session.Names, session.Gate.MaximumProcessorCount, session.Objects);
        for (int number = 1; ; number++)
        {
            if (ReadLine(lines, number, out string? line) is { } failure)
            {
                return failure;
            }

            if (line is null)
            {
                return null;
            }

            if (ScriptReader.IsSkipped(line))
            {
                continue;
            }

            if (!reader.TryRead(line, number, out ScriptCall? call, out string problem))
            {
                return Failure.WrongUsage($"script: line {number}: {problem}");
            }

            ScriptResult result = session.Run(call!);
            console.Out.WriteLine(JsonText.Of(format, json => result.Write(json, call!.Id)));

            // Whoever writes the next line may be waiting for this one.
            console.Out.Flush();
            if (console.ErrorIsTerminal && format == OutputFormat.Text && result.Refusal is { } refusal)
            {
                console.Error.WriteLine($"kernelsim: script: line {number}: {refusal.Line}");
            }
        }
    }

    private static Failure? ReadLine(TextReader lines, int number, out string? line)
    {
        line = null;
        try
        {
            line = lines.ReadLine();
            return null;
        }
        catch (IOException exception)
        {
            return new Failure($"script: line {number}: cannot be read: {exception.Message}", Errno.EIO);
        }
    }
}
