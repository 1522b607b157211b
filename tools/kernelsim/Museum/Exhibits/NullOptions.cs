using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>Options of a batch call are NULL, as libbpf allows.</summary>
internal sealed class NullOptions : IExhibit
{
    private const int Elements = 4;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-null-opts",
        Title = "options that may be NULL, and may not",
        Side = ExhibitSide.Library,
        Year = 2024,
        State = BugState.Unreported,
        Link = ExhibitLabel.Source("libs/api/libbpf_map.cpp", 312),
        Saw = "a program that has run on Linux for years crashes in its first batch call",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A program from Linux reads a map in one batch. It needs no options and passes NULL.",
        Application = "NULL options are the defaults, as in libbpf",
        Library = "options are always there",
        Kernel = "nothing: it is never asked",
        Wrong = "libbpf reads its options through macros that allow for NULL; the function of the same name here reads the field.",
        Fix = "Upstream has it still. Here the checked library takes NULL for the defaults. With upstream's, pass a structure that is all zeros.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("upstream's library");

    /// <inheritdoc/>
    public Cast After { get; } = new("the checked library, which allows NULL") { Library = LibraryVersion.Checked };

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
            "bpf_map_lookup_batch",
            $"map, in_batch NULL, out_batch, keys, values, count {Elements}, opts NULL",
            library => library.bpf_map_lookup_batch(map, 0, cursor, keys, values, count, 0));
        stage.Compare("return value", "0", ExhibitStage.Spell(result));
        stage.Compare("elements", Elements, stage.Read<int>(count));
    }
}
