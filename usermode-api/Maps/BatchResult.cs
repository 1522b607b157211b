namespace KernelSim.UserMode;

/// <summary>What a batch lookup brought.</summary>
/// <param name="Count">Elements delivered, from the start of the spans. With <see cref="BatchStatus.End"/> too there can be some.</param>
/// <param name="Status">Whether there may be more.</param>
public readonly record struct BatchResult(int Count, BatchStatus Status);
