using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>#3564, the half of the library: a batch look-up that cuts the kernel's records with one CPU's value.</summary>
internal sealed class UnscaledBatch : IExhibit
{
    private const uint ValueSize = 12;
    private const int Elements = 8;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-3564-lookup",
        Title = "a batch look-up that cut the records in the wrong places",
        Side = ExhibitSide.Library,
        Year = 2024,
        Link = ExhibitLabel.Issue(3564),
        Fixes = [ExhibitLabel.Pull(3590)],
        Saw = "bpf_map_lookup_batch of a per-CPU hash returns too few elements, and values that nobody wrote",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "An application reads all elements of a per-CPU hash map at once. Its buffers have the right size.",
        Application = "the library puts each element where the next one begins",
        Library = "a record is a key and value_size bytes",
        Kernel = "a record is a key and all CPUs' slots, and whoever asked knows that",
        Wrong = "The update of the same map scaled the value, the look-up did not. The request has no size in it, and the reply only its length, "
            + "so neither side can see that they count differently.",
        Fix = "The look-up computes the size of a value as the update does.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("the library before its fix") { Library = LibraryVersion.Before3564 };

    /// <inheritdoc/>
    public Cast After { get; } = new("the library as it is");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.PercpuHash, sizeof(uint), ValueSize, maxEntries: 64);
        int valueBytes = (int)PerCpuLayout.TotalOf(ValueSize, stage.Cpus);
        stage.Fill(map, Elements, sizeof(uint), valueBytes);
        ulong cursor = stage.Room(sizeof(uint));
        ulong count = stage.Place(Elements);
        ulong keys = stage.Room(Elements * sizeof(uint));
        ulong values = stage.Room(Elements * (long)valueBytes);
        int result = stage.Call(
            "bpf_map_lookup_batch",
            $"map, keys, values of {Elements * valueBytes} bytes, count {Elements}",
            library => library.bpf_map_lookup_batch(map, 0, cursor, keys, values, count, stage.Options()));
        stage.Compare("return value", "0", ExhibitStage.Spell(result));
        int read = result == 0 ? stage.Read<int>(count) : 0;
        stage.Compare("elements", Elements, read);
        int right = Enumerable.Range(0, Math.Min(read, Elements)).Count(i =>
            stage.Read<uint>(keys + (ulong)(i * sizeof(uint))) is > 0 and <= Elements and var key
            && stage.Read<uint>(values + (ulong)(i * valueBytes)) == key);
        stage.Compare("elements with the key and the value that were written", Elements, right);
    }
}
