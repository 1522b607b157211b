using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>#3561: the key to continue after is deleted between two batches.</summary>
internal sealed class DeletedCursor : IExhibit
{
    private const int Elements = 12;
    private const int AtATime = 4;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-3561",
        Title = "a deleted key that ends a batch read early",
        Side = ExhibitSide.Protocol,
        Year = 2024,
        State = BugState.Open,
        Link = ExhibitLabel.Issue(3561),
        Saw = "bpf_map_lookup_batch says ENOENT, the end, while most of the map has not been read",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "An application reads a hash map in batches while elements come and go. It wants every element that stays.",
        Application = "the cursor is a place in the map, and ENOENT is the end",
        Library = "the cursor is the last key read, and the kernel finds its place by it",
        Kernel = "a key that is not in the map has no place, and so there is nothing after it",
        Wrong = "The element that the cursor names is deleted between two batches. The kernel answers that the key is not there, which arrives as "
            + "ENOENT like the end of the map.",
        Fix = "Upstream has not corrected it. Here the checked library repeats the request with a mark, upon which the driver goes on at the "
            + "place where the key was: the order of buckets does not need the key itself. A single get_next_key starts again at the first key "
            + "instead.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("upstream's library");

    /// <inheritdoc/>
    public Cast After { get; } = new("the checked library, which asks again") { Library = LibraryVersion.Checked };

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.Hash, sizeof(uint), sizeof(ulong), maxEntries: 64);
        stage.Fill(map, Elements, sizeof(uint), sizeof(ulong));
        ulong cursor = stage.Room(sizeof(uint));
        ulong keys = stage.Room(AtATime * sizeof(uint));
        ulong values = stage.Room(AtATime * sizeof(ulong));
        ulong count = stage.Place(AtATime);
        int read = 0;
        for (int result = 0, batch = 0; result == 0; batch++)
        {
            stage.Write(count, BitConverter.GetBytes(AtATime));
            ulong after = batch == 0 ? 0 : cursor;
            result = stage.Call(
                "bpf_map_lookup_batch",
                $"map, in_batch {(batch == 0 ? "NULL" : $"key {stage.Read<uint>(cursor)}")}, out_batch, keys, values, count {AtATime}",
                library => library.bpf_map_lookup_batch(map, after, cursor, keys, values, count, stage.Options()));
            read += result == 0 ? stage.Read<int>(count) : 0;
            if (batch == 0)
            {
                stage.Call(
                    "bpf_map_delete_elem",
                    $"map, key {stage.Read<uint>(cursor)}",
                    library => library.bpf_map_delete_elem(map, cursor));
            }
        }

        stage.Compare("elements read before ENOENT", Elements, read);
    }
}
