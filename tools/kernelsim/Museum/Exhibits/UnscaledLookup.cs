using System.Buffers.Binary;
using System.Globalization;
using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>#1420: the library asked for one CPU's value of a per-CPU map.</summary>
internal sealed class UnscaledLookup : IExhibit
{
    private const uint ValueSize = 12;
    private const uint Port = 80;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-1420",
        Title = "a look-up that asked for one CPU's value",
        Side = ExhibitSide.Library,
        Year = 2022,
        Link = ExhibitLabel.Issue(1420),
        Fixes = [ExhibitLabel.Pull(1423)],
        Saw = "bpftool map dump of a per-CPU map: \"Invalid argument\", and nothing more",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A program counts packets in a per-CPU hash map. The application looks one element up, in a buffer with room for all CPUs, and "
            + "sums.",
        Application = "a value has a slot for each CPU, and the library knows that",
        Library = "a value has value_size bytes, whatever the type of the map",
        Kernel = "whoever asks for a value has room for all its slots",
        Wrong = "The library copied value_size from the map's definition and forgot what a per-CPU map is. The kernel compares both sizes and "
            + "refuses, so that nothing is overwritten; but all that the user gets is EINVAL.",
        Fix = "The library multiplies: pad8(value_size) for each possible CPU, in look-ups and in updates.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("the library asks for value_size bytes") { LibraryDefects = LibraryDefects.UnscaledValues };

    /// <inheritdoc/>
    public Cast After { get; } = new("the library asks for all CPUs' slots");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.PercpuHash, sizeof(uint), ValueSize, maxEntries: 64);
        long counted = 0;
        stage.OnEachCpu((context, percpu, cpu) =>
        {
            byte[] counters = new byte[ValueSize];
            BinaryPrimitives.WriteInt32LittleEndian(counters, 10 + cpu);
            context.MapUpdateElem(percpu, BitConverter.GetBytes(Port), counters);
            counted += 10 + cpu;
        });

        long stride = (long)PerCpuLayout.Pad8(ValueSize);
        long bytes = stride * stage.Cpus;
        ulong key = stage.Place(Port);
        ulong value = stage.Room(bytes);
        int result = stage.Call(
            "bpf_map_lookup_elem",
            string.Create(CultureInfo.InvariantCulture, $"map, key {Port}, value of {bytes} bytes"),
            library => library.bpf_map_lookup_elem(map, key, value));
        stage.Compare("return value", "0", ExhibitStage.Spell(result));
        stage.Compare("packets, all CPUs", counted, Enumerable.Range(0, stage.Cpus).Sum(cpu => (long)stage.Read<int>(value + (ulong)(cpu * stride))));
    }
}
