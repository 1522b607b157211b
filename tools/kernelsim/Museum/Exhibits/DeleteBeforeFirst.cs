using KernelSim.EbpfCore;
using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>#3687: batch lookup-and-delete deletes the element before the first.</summary>
internal sealed class DeleteBeforeFirst : IExhibit
{
    private const int Elements = 6;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-3687",
        Title = "lookup-and-delete that deleted what is before the first element",
        Side = ExhibitSide.Driver,
        Year = 2024,
        Link = ExhibitLabel.Issue(3687),
        Fixes = [ExhibitLabel.Pull(3688)],
        Saw = "bpf_map_lookup_and_delete_batch returns EINVAL for every map and every argument",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "An application drains a hash map: it reads all elements and deletes them in the same call.",
        Application = "a call that the header declares has worked once",
        Library = "the kernel deletes what it returns",
        Kernel = "the element to delete is the one before the one just read",
        Wrong = "The loop deletes an element only after it has found the next, so that it does not lose its place. In the first round there is "
            + "none before, and a deletion without a key is an invalid argument. Nobody had called the function: there was no test of it.",
        Fix = "The driver deletes only if there is an element before, and the last one after the loop. Tests of the call were added for the four "
            + "hash types.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("the driver before its fix") { DriverDefects = EbpfCoreDefects.DeletesBeforeFirst };

    /// <inheritdoc/>
    public Cast After { get; } = new("the driver as it is");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.Hash, sizeof(uint), sizeof(ulong), maxEntries: 64);
        stage.Fill(map, Elements, sizeof(uint), sizeof(ulong));
        ulong cursor = stage.Room(sizeof(uint));
        ulong keys = stage.Room(Elements * sizeof(uint));
        ulong values = stage.Room(Elements * sizeof(ulong));
        ulong count = stage.Place(Elements);
        int result = stage.Call(
            "bpf_map_lookup_and_delete_batch",
            $"map, in_batch NULL, out_batch, keys, values, count {Elements}",
            library => library.bpf_map_lookup_and_delete_batch(map, 0, cursor, keys, values, count, stage.Options()));
        int left = stage.Call(
            "bpf_map_get_next_key", "map, key NULL, next_key", library => library.bpf_map_get_next_key(map, 0, cursor));
        stage.Compare("return value", "0", ExhibitStage.Spell(result));
        stage.Compare("elements read", Elements, result == 0 ? stage.Read<int>(count) : 0);
        stage.Compare("the first key left", ExhibitStage.Spell(-(int)Errno.ENOENT), ExhibitStage.Spell(left));
    }
}
