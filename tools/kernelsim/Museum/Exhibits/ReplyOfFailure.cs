using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>#946: the library reads the reply of a request that failed, which only the unit tests' mock had written.</summary>
internal sealed class ReplyOfFailure : IExhibit
{
    private const int Elements = 3;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-946",
        Title = "the end of a map that was an error on real machines only",
        Side = ExhibitSide.Library,
        Year = 2022,
        Link = ExhibitLabel.Issue(946),
        Fixes = [ExhibitLabel.Pull(950), ExhibitLabel.Pull(1072)],
        Saw = "bpftool map dump ends with \"Invalid argument\"; all unit tests pass",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A tool walks through a map with bpf_map_get_next_key until there are no more keys.",
        Application = "ENOENT is the end, and anything else is an error",
        Library = "every reply begins with the operation's id, whatever became of the request",
        Kernel = "with an error, no byte of the reply goes back",
        Wrong = "The library looked for the id before it looked at the status. In the unit tests a mock of DeviceIoControl wrote the id into the "
            + "reply first; the I/O manager copies nothing out of a request that fails, so on a real machine the id was 0.",
        Fix = "Driver and mock fill the reply's header in one place, and the library looks at the status first. The lesson is the mock's: a fake "
            + "that is kinder than the real thing hides bugs.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("the library reads every reply") { LibraryDefects = LibraryDefects.ReadsReplyOfFailure };

    /// <inheritdoc/>
    public Cast After { get; } = new("the library looks at the status first");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.Hash, sizeof(uint), sizeof(ulong), maxEntries: 64);
        stage.Fill(map, Elements, sizeof(uint), sizeof(ulong));
        ulong key = stage.Room(sizeof(uint));
        stage.Prepare("bpf_map_get_next_key", library => library.bpf_map_get_next_key(map, 0, key));
        for (int i = 1; i < Elements; i++)
        {
            stage.Prepare("bpf_map_get_next_key", library => library.bpf_map_get_next_key(map, key, key));
        }

        int end = stage.Call(
            "bpf_map_get_next_key",
            $"map, key {stage.Read<uint>(key)}, next_key",
            library => library.bpf_map_get_next_key(map, key, key));
        stage.Compare("after the last key", ExhibitStage.Spell(-(int)Errno.ENOENT), ExhibitStage.Spell(end));
    }
}
