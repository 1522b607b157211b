namespace KernelSim.Testing;

/// <summary>Something that a test left behind.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="What">Its description: name, type or tag, count and size.</param>
/// <param name="MadeBy">The call that made it, if the trace shows it; otherwise null.</param>
public sealed record Leak(LeakKind Kind, string What, string? MadeBy = null)
{
    /// <inheritdoc/>
    public override string ToString() => MadeBy is null ? What : $"{What}; made by {MadeBy}";
}
