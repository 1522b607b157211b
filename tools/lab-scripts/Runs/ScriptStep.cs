using KernelSim.LabScripts.Output;

namespace KernelSim.LabScripts.Runs;

/// <summary>A call of a script and what came of it.</summary>
/// <param name="Call">The call, with the number of its line.</param>
/// <param name="Result">Its result.</param>
/// <param name="Notes">What was noticed beside the result, such as an overrun that nobody else noticed.</param>
internal sealed record ScriptStep(ScriptCall Call, ScriptResult Result, IReadOnlyList<string> Notes)
{
    /// <summary>The result as the line that <c>kernelsim script</c> prints, byte for byte.</summary>
    public string Json => JsonText.Of(OutputFormat.Json, json => Result.Write(json, Call.Id));
}
