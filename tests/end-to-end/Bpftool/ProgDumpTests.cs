using System.Text.Json;
using System.Text.RegularExpressions;
using KernelSim.EndToEnd.Tests.Bpftool.Transcripts;

namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary><c>prog dump xlated</c> of a program that Linux loads as it is, against what the real bpftool printed of it there.</summary>
public sealed partial class ProgDumpTests
{
    private const string Tag = "c5f9b5f9d4be18f4"; // of the program on Linux
    private const int Slots = 84;

    private static readonly string s_object = Repository.PathOf("tests", "object-files", "objects", "listing.o");

    private static readonly IReadOnlyList<TranscriptCommand> s_commands = TranscriptCommand.ReadAll("bpftool-listing.txt");

    public static TheoryData<string> Commands => [.. s_commands.Select(c => c.Line)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_program_is_listed_as_the_real_bpftool_lists_it(string command)
    {
        using BpftoolMachine machine = new();
        machine.Prepare($"prog load {s_object} /ebpf/listed");

        Assert.Equal(Neutral(s_commands.Single(c => c.Line == command).Printed), Neutral(machine.Run(command)));
    }

    [Fact]
    public void A_program_has_the_tag_that_it_has_on_Linux()
    {
        using BpftoolMachine machine = new();
        machine.Prepare($"prog load {s_object} /ebpf/listed");

        JsonElement shown = machine.Run($"-j prog show tag {Tag}").Json[0];
        Assert.Equal(
            ("list_me", Tag, Slots * 8),
            (shown.GetProperty("name").GetString(), shown.GetProperty("tag").GetString(), shown.GetProperty("bytes_xlated").GetInt32()));
    }

    [Fact]
    public void The_instructions_are_written_to_a_file()
    {
        using TempFolder folder = new();
        using BpftoolMachine machine = new();
        string file = Path.Combine(folder.Path, "instructions");
        machine.Prepare($"prog load {s_object} /ebpf/listed", $"prog dump xlated name list_me file {file}");

        byte[] written = File.ReadAllBytes(file);
        Assert.Equal(Slots * 8, written.Length);
        Assert.Equal(new ToolRun(0, "null\n", ""), machine.Run($"-j prog dump xlated name list_me file {file}"));
        Assert.Equal(
            new ToolRun(255, "", $"Error: can't open file {folder.Path}/none/x: No such file or directory\n"),
            machine.Run($"prog dump xlated name list_me file {folder.Path}/none/x"));
        Assert.Equal(
            new ToolRun(255, "", $"Error: can't open file {folder.Path}: Is a directory\n"),
            machine.Run($"prog dump xlated name list_me file {folder.Path}"));
    }

    [Fact]
    public void Several_programs_are_dumped_one_after_the_other()
    {
        using BpftoolMachine machine = new();
        machine.Prepare($"prog load {s_object} /ebpf/first", $"prog load {s_object} /ebpf/second");

        string[] printed = machine.Run("prog dump xlated name list_me").Output.Split("\n\n");
        string alone = machine.Run("prog dump xlated pinned /ebpf/first").Output;
        Assert.Equal(2, printed.Length);
        Assert.Matches($"^[0-9]+: xdp  name list_me  tag {Tag}\n", printed[0]);
        Assert.EndsWith($"tag {Tag}\n{alone.TrimEnd('\n')}", printed[0], StringComparison.Ordinal);
        JsonElement[] both = [.. machine.Run("-j prog dump xlated name list_me").Json[0].EnumerateArray()];
        Assert.Equal(["xdp", "xdp"], both.Select(p => p.GetProperty("type").GetString()));
        Assert.Equal("(95) exit", both[1].GetProperty("insns").EnumerateArray().Last().GetProperty("disasm").GetString());
        Assert.Equal(
            new ToolRun(255, "", "Error: several programs matched\n"), machine.Run("prog dump xlated name list_me visual"));
    }

    [Fact]
    public void Maps_have_their_ids_and_helpers_their_names()
    {
        using BpftoolMachine machine = new();
        machine.Prepare($"prog load {Repository.PathOf("samples", "c", "counter.o")} /ebpf/count");

        uint map = machine.Run("-j map show name stats").Json[0].GetProperty("id").GetUInt32();
        string[] lines = machine.Run("prog dump xlated name count_packets").Output.Split('\n');
        Assert.Contains($"  30: (18) r1 = map[id:{map}]", lines);
        Assert.Contains("  32: (85) call bpf_map_lookup_elem#1", lines);
    }

    /// <summary>Output without what is a machine's: ids of maps, names of compiled functions, and how a call keeps its distance.</summary>
    private static ToolRun Neutral(ToolRun run)
    {
        string output = MapIds().Replace(run.Output, "[id:]");
        output = CompiledFunctions().Replace(output, "#");
        output = PlainOpcodes().Replace(output, "$1");
        return run with { Output = JsonOpcodes().Replace(output, "$1}") };
    }

    [GeneratedRegex(@"\[id:\d+\]")]
    private static partial Regex MapIds();

    [GeneratedRegex("#bpf_prog_[0-9a-f]{16}_")]
    private static partial Regex CompiledFunctions();

    [GeneratedRegex("^(       (?:85 10|18 [12][0-9a-f])).*$", RegexOptions.Multiline)]
    private static partial Regex PlainOpcodes();

    [GeneratedRegex("""("code":"0x(?:85|18)","src_reg":"0x[12]","dst_reg":"0x[0-9a-f]").*?\}""")]
    private static partial Regex JsonOpcodes();
}
