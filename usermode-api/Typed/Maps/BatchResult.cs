namespace KernelSim.UserMode;

/// <summary>The result of a batch lookup.</summary>
/// <param name="Count">Number of elements delivered, at the start of the spans. With <see cref="BatchStatus.End"/> there can be some too.</param>
/// <param name="Status">Whether there may be more elements.</param>
public readonly record struct BatchResult(int Count, BatchStatus Status);

/// <summary>Whether a batch lookup should be repeated.</summary>
public enum BatchStatus
{
    /// <summary>There may be more elements: call again with the same cursor.</summary>
    More,

    /// <summary>The map had no more elements when the last one was read.</summary>
    End,
}
