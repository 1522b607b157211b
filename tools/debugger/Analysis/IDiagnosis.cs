namespace KernelSim.Debugger.Analysis;

/// <summary>Looks for one kind of cause.</summary>
internal interface IDiagnosis
{
    /// <summary>What it has found; null if this is not the cause.</summary>
    Verdict? Examine(Evidence evidence);
}
