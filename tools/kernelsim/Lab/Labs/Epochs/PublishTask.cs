namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>Makes a node reachable only when it is whole.</summary>
internal sealed class PublishTask : ChainTask
{
    /// <inheritdoc/>
    public override string Name => "publish";

    /// <inheritdoc/>
    public override string Title => "nodes that are whole before readers find them";

    /// <inheritdoc/>
    public override int Points => 20;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ChainTrial> Draw(LabSeed draw)
    {
        IReadOnlyList<ChainWrite> elements = Elements(draw, draw.Number(2, 3));
        ChainWrite read = draw.OneOf(elements);
        (ChainWrite first, ChainWrite second) = (Fresh(draw, 0), Fresh(draw, 1));
        return
        [
            Trial(elements, [first, second], read.Key, [read.Value]),

            // The reader looks for the new element itself.
            Trial(elements, [first], first.Key, [first.Value, null]),
        ];
    }

    private static ChainTrial Trial(
        IReadOnlyList<ChainWrite> before, IReadOnlyList<ChainWrite> writes, uint key, IReadOnlyList<ulong?> allowed) =>
        new(before, writes, key, allowed, InsertsAtOnce: false, CountsBlocks: false);
}
