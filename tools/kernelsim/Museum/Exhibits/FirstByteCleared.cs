using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>A look-up writes to the value's buffer before it checks anything.</summary>
internal sealed class FirstByteCleared : IExhibit
{
    private const ulong LastKnown = 0x1122334455667788;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-first-byte",
        Title = "a look-up that failed and wrote all the same",
        Side = ExhibitSide.Library,
        Year = 2021,
        State = BugState.Unreported,
        Link = ExhibitLabel.Source("libs/api/ebpf_api.cpp", 543),
        Saw = "a counter that was kept for the case of an error is slightly wrong after one",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A program keeps the last known value in the buffer, so that it can go on with that if a look-up fails. Its descriptor has been "
            + "closed.",
        Application = "a call that fails leaves the buffer alone",
        Library = "the buffer is the library's as soon as it has been passed",
        Kernel = "nothing: it is never asked",
        Wrong = "The first statement of the call stores a zero in the first byte of the value, before descriptor, map and key have been looked at.",
        Fix = "Upstream has it still. Here the checked library writes only what it has read.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("upstream's library");

    /// <inheritdoc/>
    public Cast After { get; } = new("the checked library, which writes last") { Library = LibraryVersion.Checked };

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.Hash, sizeof(uint), sizeof(ulong), maxEntries: 64);
        stage.Fill(map, 1, sizeof(uint), sizeof(ulong));
        ulong key = stage.Place(1U);
        ulong value = stage.Place(LastKnown);
        stage.Prepare("close", library => library.close(map));
        int result = stage.Call(
            "bpf_map_lookup_elem", "map that is closed, key 1, value", library => library.bpf_map_lookup_elem(map, key, value));
        stage.Compare("return value", ExhibitStage.Spell(-(int)Errno.EBADF), ExhibitStage.Spell(result));
        stage.Compare("the value's buffer", "unchanged", ExhibitStage.Changed(BitConverter.GetBytes(LastKnown), stage.Read(value, sizeof(ulong))));
    }
}
