using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>Lookup-and-delete with the cursor of the call before, which is a key that exists no more.</summary>
internal sealed class DrainedByCursor : IExhibit
{
    private const int Elements = 12;
    private const int AtATime = 4;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-drain-cursor",
        Title = "a cursor of zeros",
        Side = ExhibitSide.Library,
        Year = 2024,
        State = BugState.Unreported,
        Link = ExhibitLabel.Source("libs/api/ebpf_api.cpp", 782),
        Saw = "a program drains a map as on Linux, and most elements stay in it",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A program drains a hash map in batches, and passes out_batch of one call as in_batch of the next, as the header of libbpf says.",
        Application = "out_batch is where the next call begins",
        Library = "what has been read is deleted, so the caller begins at NULL each time",
        Kernel = "a previous key is in the map",
        Wrong = "After lookup-and-delete out_batch is all zeros. Passed on, it is an ordinary key: if the map has none of zeros the call ends "
            + "with ENOENT; if it has one, that element is deleted without being returned.",
        Fix = "Upstream has it still: pass NULL each time. Here the checked library leaves a key in out_batch, and does not send in_batch with "
            + "this call.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("upstream's library");

    /// <inheritdoc/>
    public Cast After { get; } = new("the checked library, which begins at the start") { Library = LibraryVersion.Checked };

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.Hash, sizeof(uint), sizeof(ulong), maxEntries: 64);
        stage.Fill(map, Elements, sizeof(uint), sizeof(ulong));
        ulong cursor = stage.Room(sizeof(uint));
        ulong keys = stage.Room(AtATime * sizeof(uint));
        ulong values = stage.Room(AtATime * sizeof(ulong));
        ulong count = stage.Room(sizeof(int));
        int drained = 0;
        for (int result = 0, batch = 0; result == 0; batch++)
        {
            stage.Write(count, BitConverter.GetBytes(AtATime));
            ulong after = batch == 0 ? 0 : cursor;
            result = stage.Call(
                "bpf_map_lookup_and_delete_batch",
                $"map, in_batch {(batch == 0 ? "NULL" : $"key {stage.Read<uint>(cursor)}")}, out_batch, keys, values, count {AtATime}",
                library => library.bpf_map_lookup_and_delete_batch(map, after, cursor, keys, values, count, stage.Options()));
            drained += result == 0 ? stage.Read<int>(count) : 0;
        }

        stage.Compare("elements drained before ENOENT", Elements, drained);
    }
}
