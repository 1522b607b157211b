namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>Frees nodes when no reader can reach them, and no later.</summary>
internal sealed class ReclaimTask : ChainTask
{
    /// <inheritdoc/>
    public override string Name => "reclaim";

    /// <inheritdoc/>
    public override string Title => "nodes that are freed when nobody can read them";

    /// <inheritdoc/>
    public override int Points => 30;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ChainTrial> Draw(LabSeed draw)
    {
        IReadOnlyList<ChainWrite> elements = Elements(draw, draw.Number(2, 3));

        // The later one is nearer to the front: who looks for the other comes by.
        int[] two = [.. draw.Some([.. Enumerable.Range(0, elements.Count)], 2).Order()];
        (ChainWrite read, ChainWrite other) = (elements[two[0]], elements[two[1]]);
        ChainWrite fresh = Fresh(draw, 0);
        ChainWrite replacing = read with { Value = fresh.Value + 1 };
        return
        [
            // Deleted under the reader, and its block used again.
            Trial(elements, [Deletion(read), fresh], read, [read.Value, null]),

            // A neighbour is deleted: the reader may stand on it.
            Trial(elements, [Deletion(other), fresh], read, [read.Value]),

            // Replaced: who has the old reference may find nothing under it any more.
            Trial(elements, [replacing, fresh], read, [read.Value, replacing.Value, null]),
        ];
    }

    private static ChainTrial Trial(
        IReadOnlyList<ChainWrite> elements, IReadOnlyList<ChainWrite> writes, ChainWrite read, IReadOnlyList<ulong?> allowed) =>
        new(elements, writes, read.Key, allowed, InsertsAtOnce: true, CountsBlocks: true);
}
