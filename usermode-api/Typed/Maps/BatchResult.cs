namespace KernelSim.UserMode;

/// <summary>The result of a batch lookup.</summary>
/// <param name="Count">Number of elements delivered, at the start of the spans. With <see cref="BatchStatus.End"/> there can be some too.</param>
/// <param name="Status">Whether there may be more elements.</param>
public readonly record struct BatchResult(int Count, BatchStatus Status);
