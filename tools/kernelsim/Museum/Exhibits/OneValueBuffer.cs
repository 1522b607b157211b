using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Museum.Acting;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>gobpf#281: a binding allocates one value for a look-up in a per-CPU map.</summary>
internal sealed class OneValueBuffer : IExhibit
{
    private const uint ValueSize = 12;
    private const string Gobpf = "iovisor/gobpf";

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "gobpf-281",
        Title = "one value's room for the values of all CPUs",
        Side = ExhibitSide.Application,
        Project = Gobpf,
        Year = 2021,
        Link = ExhibitLabel.Pull(281, Gobpf),
        Fixes = [ExhibitLabel.Pull(281, Gobpf)],
        Saw = "a program that reads per-CPU counters crashes now and then, somewhere else",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A binding for Go looks up an element of a per-CPU map for its user, and allocates the slice for the value itself.",
        Application = "a look-up gives one value",
        Library = "the caller has a slot for each CPU",
        Kernel = "the library has room for all that it asks for",
        Wrong = "The look-up has a pointer to write to and no length, on Linux as here. The bytes of the other CPUs land behind the slice; on a "
            + "packed heap, which this is played on, that is the next object.",
        Fix = "The binding multiplies by the possible CPUs. This was a bug of a neighbour; eBPF for Windows has the same call with the same "
            + "signature.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("a slice of one value") { CallerErrs = true, Heap = HeapMode.Packed };

    /// <inheritdoc/>
    public Cast After { get; } = new("a slice of all CPUs' slots") { Heap = HeapMode.Packed };

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.PercpuHash, sizeof(uint), ValueSize, maxEntries: 64);
        int valueBytes = (int)PerCpuLayout.TotalOf(ValueSize, stage.Cpus);
        stage.Fill(map, 1, sizeof(uint), valueBytes);
        ulong key = stage.Place(1U);
        long bytes = stage.CallerErrs ? ValueSize : valueBytes;
        ulong value = stage.Room(bytes);
        byte[] settings = "user=ops; color=yes; interval=10s"u8.ToArray();
        ulong neighbour = stage.Place(settings);
        int result = stage.Call(
            "bpf_map_lookup_elem", $"map, key 1, value of {bytes} bytes", library => library.bpf_map_lookup_elem(map, key, value));
        stage.Compare("return value", "0", ExhibitStage.Spell(result));
        stage.Compare("the block behind the value", "unchanged", ExhibitStage.Changed(settings, stage.Read(neighbour, settings.Length)));
    }
}
