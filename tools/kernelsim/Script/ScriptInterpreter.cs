using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Script;

/// <summary>Reads a script's lines, one after the other, and makes their calls, wherever lines come from and results go.</summary>
/// <param name="session">The program.</param>
internal sealed class ScriptInterpreter(ScriptSession session)
{
    private readonly ScriptReader _reader = new(session.Names, session.Gate.MaximumProcessorCount, session.Objects);

    /// <summary>Makes the call of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="answer">What it came to; null for a line without a call, and for one that cannot be read.</param>
    /// <returns>Why the line cannot be read: the script ends there. Null for any other.</returns>
    public Failure? Answer(string line, int number, out ScriptAnswer? answer)
    {
        answer = null;
        if (ScriptReader.IsSkipped(line))
        {
            return null;
        }

        if (!_reader.TryRead(line, number, out ScriptCall? call, out string problem))
        {
            return Failure.WrongUsage($"script: line {number}: {problem}");
        }

        answer = new ScriptAnswer(call!, session.Run(call!));
        return null;
    }
}
