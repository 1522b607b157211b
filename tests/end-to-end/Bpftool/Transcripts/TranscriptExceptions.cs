namespace KernelSim.EndToEnd.Tests.Bpftool.Transcripts;

/// <summary>
/// The commands of the transcript that do not apply to a Windows kernel, or that it answers otherwise: one row each. The latter are rows of
/// <c>docs/differences.md</c> too.
/// </summary>
internal static class TranscriptExceptions
{
    private const string NotOnWindows = "not on Windows: ";
    private const string NeedsObjectFile = "needs the transcript's object file, which is not kept: ProgDumpTests and ProgramTests have others";
    private const string HashOrder = "the order of a hash map's elements is the hash function's";
    private const string NoBpffs = "any path is a pin path: there is no file system to mount";

    /// <summary>The rows. The first that matches a command counts.</summary>
    public static IReadOnlyList<TranscriptException> All { get; } =
    [
        // Other nouns.
        Left("net *", NotOnWindows + "net"),
        Left("-j net *", NotOnWindows + "net"),
        Left("-p net *", NotOnWindows + "net"),
        Left("btf *", NotOnWindows + "the kernel keeps no BTF"),
        Left("gen *", NotOnWindows + "gen"),
        Left("cgroup *", NotOnWindows + "cgroup"),

        // Maps.
        Differs(
            "map create /sys/fs/bpf/lpm type lpm_trie key 8 value 4 entries 4 name lpm flags 1",
            "maps have no flags",
            255,
            error: "Error: map create failed: Invalid argument\n",
            then: "map create /sys/fs/bpf/lpm type lpm_trie key 8 value 4 entries 4 name lpm"),
        Differs(
            "map create /sys/fs/bpf/pe type perf_event_array key 4 value 4 entries 4 name pe",
            "a perf event array has a ring of pages for each CPU, whose size is max_entries",
            255,
            error: "Error: map create failed: Cannot allocate memory\n",
            then: "map create /sys/fs/bpf/pe type perf_event_array key 0 value 0 entries 4096 name pe"),
        Differs(
            "map create /sys/fs/bpf/e1 type array key 8 value 4 entries 4 name e1",
            "an array may have keys of another size than 4, so that only pinning fails",
            239,
            error: "Error: can't pin the object (/sys/fs/bpf/e1): File exists\n"),
        Differs(
            "-j map create /sys/fs/bpf/e1 type array key 8 value 4 entries 4 name e1",
            "an array may have keys of another size than 4, so that only pinning fails",
            239,
            "{\"error\":\"can't pin the object (/sys/fs/bpf/e1): File exists\"}\n"),
        Left("-n map create /not-bpffs/m *", NoBpffs),
        Left("-n map pin name h /not-bpffs/x", NoBpffs),
        Unordered("map dump name h", HashOrder),
        Unordered("-j map dump name h", HashOrder),
        Left("-p map dump name h", HashOrder),
        Left("map getnext name h*", HashOrder),
        Left("-j map getnext name h*", HashOrder),
        Left("-p map getnext name h*", HashOrder),
        Differs(
            "map update name a key 9 0 0 0 value 1 2 3 4 5 6 7 8", "EINVAL, not E2BIG", 234, error: "Error: update failed: Invalid argument\n"),
        Differs("map delete name a key 0 0 0 0", "deleting from an array sets the element to zeros", 0),
        Differs("map update name h4 key 5 0 0 0 value 5 0 0 0", "max_entries of a hash map is a hint", 0),
        Differs("map enqueue name q value 4 0 0 0", "ENOSPC, not E2BIG", 228, error: "Error: update failed: No space left on device\n"),
        Differs("map dump name rb", "EINVAL, not ENOTSUPP", 234, "Found 0 elements\n"),
        Differs("map dump name pe", "a perf event array has rings, not slots", 234, "Found 0 elements\n"),
        Differs("map freeze name j", "there is no such command", 234, error: "Error: failed to freeze map: Invalid argument\n"),
        Differs("map update name j key 1 0 0 0 value 2 0 0 0 0 0 0 0", "the map is not frozen", 0),
        Left("map show name j", "the map is not frozen") with { Section = "pin, freeze" },
        Left("-p map show name j", "the map is not frozen") with { Section = "pin, freeze" },

        // Programs.
        Differs("prog load xdp.o /sys/fs/bpf/xdp2", NeedsObjectFile, 255,
            error: "libbpf: elf: failed to open xdp.o: No such file or directory\nError: failed to open object file\n"),
        Left("prog load good.o /sys/fs/bpf/count", NeedsObjectFile),
        Left("prog loadall good.o *", NeedsObjectFile),
        Left("-j prog load good.o *", NeedsObjectFile),
        Differs("prog load good.o /sys/fs/bpf/y type frob", "only the machine's program types are known", 255,
            error: "libbpf: failed to guess program type from ELF section 'frob/'\n"),
        Left("prog load good.o /sys/fs/bpf/y type xdp map name counts name counts", NeedsObjectFile),
        Left("prog show", NeedsObjectFile) with { Section = "programs" },
        Left("-j prog show", NeedsObjectFile) with { Section = "programs" },
        Left("prog list", NeedsObjectFile),
        Left("-f prog show*", NeedsObjectFile),
        Left("-p prog show*", NeedsObjectFile),
        Left("prog show name count", NeedsObjectFile),
        Left("prog show pinned /sys/fs/bpf/count", NeedsObjectFile),
        Left("prog dump xlated name count*", NeedsObjectFile),
        Left("-j prog dump xlated name count", NeedsObjectFile),
        Left("prog run name count data_in*", NeedsObjectFile),
        Left("-j prog run name count data_in*", NeedsObjectFile),
        Left("-p prog run name count data_in*", NeedsObjectFile),
        Left("prog pin name count *", NeedsObjectFile),
        Left("prog attach name count xdp", NeedsObjectFile),
        Left("map show name counts", NeedsObjectFile),
        Left("map dump name good*", NeedsObjectFile),
        Left("-j map dump name good*", NeedsObjectFile),
        Left("map getnext name counts", NeedsObjectFile),
        Left("map update name pg key 0 0 0 0 value name count", NeedsObjectFile),
        Left("map update name pg key 1 0 0 0 value pinned /sys/fs/bpf/count", NeedsObjectFile),
        Left("map lookup name pg key 0 0 0 0", NeedsObjectFile),
        Left("map dump name pg", NeedsObjectFile) with { Section = "programs" },
        Left("-j map dump name pg", NeedsObjectFile),

        // Typed values: their test gives the types that an object file would have brought along.
        Left("map dump name counts", "has types: TypedElementTests"),
        Left("-j map dump name counts", "has types: TypedElementTests"),
        Left("map lookup name counts *", "has types: TypedElementTests"),
        Left("-j map lookup name counts *", "has types: TypedElementTests"),
        Left("map dump name percpu", "has types: TypedElementTests"),
        Left("-j map dump name percpu", "has types: TypedElementTests"),
        Left("-p map dump name percpu", "has types: TypedElementTests"),

        // Links.
        Left("*", NeedsObjectFile) with { Section = "a real link" },
    ];

    private static TranscriptException Left(string line, string reason) => new(line, reason);

    private static TranscriptException Unordered(string line, string reason) => new(line, reason) { IsUnordered = true };

    private static TranscriptException Differs(
        string line, string reason, int exitCode, string output = "", string error = "", string? then = null) =>
        new(line, reason) { Answer = new ToolRun(exitCode, output, error), Then = then is null ? [] : [then] };
}
