using KernelSim.LabScripts.Output;

namespace KernelSim.LabScripts;

/// <summary>Parses a script's lines, one after the other, and makes their calls, independently of input and output.</summary>
/// <param name="session">The session that the script runs in.</param>
/// <param name="ops">The calls that its lines can make; null for those of lab scripts.</param>
internal sealed class ScriptInterpreter(ScriptSession session, IReadOnlyList<ScriptOp>? ops = null)
{
    private readonly ScriptReader _reader = new(ops ?? ScriptOpTable.All, session, session.Gate.MaximumProcessorCount);

    /// <summary>Makes the call of a line.</summary>
    /// <param name="line">Text of the line.</param>
    /// <param name="number">Number of the line, from 1.</param>
    /// <param name="answer">The call and its result; null for a line without a call, and for an invalid one.</param>
    /// <returns>Why the line is invalid: the script ends there. Otherwise null.</returns>
    public Failure? Answer(string line, int number, out ScriptAnswer? answer)
    {
        answer = null;
        if (ScriptReader.IsSkipped(line))
        {
            return null;
        }

        if (!_reader.TryRead(line, number, out ScriptCall? call, out ScriptProblem? problem))
        {
            return Failure.WrongUsage($"script: line {number}: {problem.Message}");
        }

        answer = new ScriptAnswer(call, session.Run(call));
        return null;
    }
}
