namespace KernelSim.Tool.Script;

/// <summary>A line of a script that was a call, and what it came to.</summary>
/// <param name="Call">The call.</param>
/// <param name="Result">Its result.</param>
internal sealed record ScriptAnswer(ScriptCall Call, ScriptResult Result);
