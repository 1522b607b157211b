using KernelSim.EbpfCore;
using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>#2942: the key after a deleted one is taken for the end of the map.</summary>
internal sealed class MissingKey : IExhibit
{
    private const int Elements = 5;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-2942",
        Title = "a deleted key that ends a walk",
        Side = ExhibitSide.Driver,
        Year = 2023,
        Link = ExhibitLabel.Issue(2942),
        Fixes = [ExhibitLabel.Pull(3042)],
        Saw = "a walk that deletes what it visits stops after the first element, without an error",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A program empties a map: it takes a key, deletes it, and asks for the key after it.",
        Application = "after a key that is gone, a walk begins again at the first",
        Library = "the kernel knows what comes after a key",
        Kernel = "nothing comes after a key that is not there",
        Wrong = "bpf(2) says that a walk begins at the first key if the one before is not found. The hash table ran through its buckets, never "
            + "met the key, and answered that there are no more keys: the same as at the end.",
        Fix = "The table tells a missing key from the end, and the driver begins at the first key.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("the driver before its fix") { DriverDefects = EbpfCoreDefects.EndsWalkAtMissingKey };

    /// <inheritdoc/>
    public Cast After { get; } = new("the driver as it is");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.Hash, sizeof(uint), sizeof(ulong), maxEntries: 64);
        stage.Fill(map, Elements, sizeof(uint), sizeof(ulong));
        ulong key = stage.Room(sizeof(uint));
        ulong next = stage.Room(sizeof(uint));
        stage.Prepare("bpf_map_get_next_key", library => library.bpf_map_get_next_key(map, 0, key));
        stage.Prepare("bpf_map_delete_elem", library => library.bpf_map_delete_elem(map, key));
        int deleted = 1;
        int result = stage.Call(
            "bpf_map_get_next_key",
            $"map, key {stage.Read<uint>(key)}, which is deleted, next_key",
            library => library.bpf_map_get_next_key(map, key, next));
        for (; result == 0; deleted++)
        {
            stage.Write(key, stage.Read(next, sizeof(uint)));
            stage.Prepare("bpf_map_delete_elem", library => library.bpf_map_delete_elem(map, key));
            result = stage.Library.bpf_map_get_next_key(map, key, next);
        }

        stage.Compare("elements deleted when the walk ended", Elements, deleted);
        stage.Compare("end of the walk", ExhibitStage.Spell(-(int)Errno.ENOENT), ExhibitStage.Spell(result));
    }
}
