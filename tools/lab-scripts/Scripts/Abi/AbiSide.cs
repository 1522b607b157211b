namespace KernelSim.LabScripts.Abi;

/// <summary>What one of the two systems does in a case where they differ, and where that is written.</summary>
/// <param name="Text">What it does, such as <c>-E2BIG</c>.</param>
/// <param name="Source">File and function, or manual page.</param>
internal sealed record AbiSide(string Text, string Source);
