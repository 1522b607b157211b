using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>A map that fills its last message exactly: the message after it finds nothing, and the whole call fails.</summary>
internal sealed class ExactMultiple : IExhibit
{
    private const uint ValueSize = 8188;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-exact-multiple",
        Title = "a map that fits its messages too well",
        Side = ExhibitSide.Library,
        Year = 2024,
        State = BugState.Unreported,
        Link = ExhibitLabel.Source("libs/api/ebpf_api.cpp", 700),
        Saw = "bpf_map_lookup_batch fails with ENOENT although it has filled the buffers, for some numbers of elements only",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "An application reads a map with buffers that have room for more than there is.",
        Application = "ENOENT without elements means that there are none",
        Library = "a message that fails is a call that fails",
        Kernel = "a request after the last element finds nothing, and says so",
        Wrong = "One call is several messages. If the elements fill the last of them exactly, the library cannot know that it was the last, and "
            + "asks once more. That message finds nothing, and its ENOENT becomes the call's: the elements are in the buffers, the count is as it "
            + "was, and with lookup-and-delete they are gone from the map too.",
        Fix = "Upstream has it still. Here the checked library takes ENOENT after elements for the end, and returns what it has.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("upstream's library");

    /// <inheritdoc/>
    public Cast After { get; } = new("the checked library, which keeps what was read") { Library = LibraryVersion.Checked };

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int elements = new BatchLayout(sizeof(uint), ValueSize).LookupsPerMessage;
        int wanted = elements + 1;
        int map = stage.CreateMap(BpfMapType.Hash, sizeof(uint), ValueSize, maxEntries: 64);
        stage.Fill(map, elements, sizeof(uint), (int)ValueSize);
        ulong cursor = stage.Room(sizeof(uint));
        ulong keys = stage.Room(wanted * sizeof(uint));
        ulong values = stage.Room(wanted * ValueSize);
        ulong count = stage.Place(wanted);
        int result = stage.Call(
            "bpf_map_lookup_batch",
            $"map, in_batch NULL, out_batch, keys, values, count {wanted}",
            library => library.bpf_map_lookup_batch(map, 0, cursor, keys, values, count, stage.Options()));
        stage.Compare("return value", "0", ExhibitStage.Spell(result));
        stage.Compare("*count", elements, stage.Read<int>(count));
        int delivered = Enumerable.Range(0, wanted).Count(i => stage.Read<uint>(keys + (ulong)(i * sizeof(uint))) != 0);
        stage.Compare("keys in the buffer that the application may use", delivered, result == 0 ? delivered : 0);
    }
}
