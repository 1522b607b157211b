namespace KernelSim.Tool.Bench.Rows;

/// <summary>The memory of a per-CPU hash map.</summary>
internal sealed class HashBytes : BytesPerElement
{
    /// <inheritdoc/>
    public override string Name => "bytes";

    /// <inheritdoc/>
    public override string Does => "memory of a full map";
}
