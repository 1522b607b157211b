namespace KernelSim.LabScripts;

/// <summary>The call of a script's line, and its result.</summary>
/// <param name="Call">The parsed call.</param>
/// <param name="Result">Its result.</param>
internal sealed record ScriptAnswer(ScriptCall Call, ScriptResult Result);
