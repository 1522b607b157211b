namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>A counter in a shared map that loses nothing.</summary>
internal sealed class AtomicTask : CounterTask
{
    /// <summary>The student's class.</summary>
    public const string ClassName = "SharedCounter";

    /// <inheritdoc/>
    public override string Name => "atomic";

    /// <inheritdoc/>
    public override string Title => "a shared counter that loses nothing";

    /// <inheritdoc/>
    public override int Points => 20;

    /// <inheritdoc/>
    protected override string Class => ClassName;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> MapTypes => ["array", "hash"];

    /// <inheritdoc/>
    protected override (int Alone, int Between, int AtOnce) Parts => (0, 14, 6);
}
