namespace KernelSim.LabScripts;

/// <summary>A call that a lab script can make: one row of <see cref="ScriptOpTable"/>.</summary>
/// <param name="Name">Its name in the line.</param>
/// <param name="Run">Makes the call and returns its result.</param>
/// <param name="Fields">The fields that it takes in addition to <c>op</c> and <c>id</c>.</param>
internal sealed record ScriptOp(string Name, Func<ScriptSession, ScriptCall, ScriptResult> Run, params ScriptField[] Fields)
{
    /// <summary>Fields of which a line must have exactly one.</summary>
    public IReadOnlyList<string> ExactlyOneOf { get; init; } = [];
}
