using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary>Programs and links: native modules, which the transcript does not have.</summary>
public sealed class ProgramTests
{
    /// <summary>A UDP packet to port 53.</summary>
    private const string Packet = "ffffffffffff0000000000000800450000200000000040110000c0a80001c0a8000204d200350008000000";

    [Fact]
    public void A_module_is_loaded_and_its_program_shown()
    {
        using BpftoolMachine machine = new();
        machine.Prepare("prog load droppacket.sys /ebpf/drop");

        JsonElement shown = machine.Run("-jf prog show").Json[0][0];
        Assert.Equal("xdp", shown.GetProperty("type").GetString());
        Assert.Equal("DropPacket", shown.GetProperty("name").GetString());
        Assert.Equal(["/ebpf/drop"], shown.GetProperty("pinned").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(
            machine.Run("-j map show").Json[0].EnumerateArray().Select(m => m.GetProperty("id").GetUInt32()).Order(),
            shown.GetProperty("map_ids").EnumerateArray().Select(m => m.GetUInt32()).Order());
        string plain = machine.Run("prog show").Output;
        string tag = shown.GetProperty("tag").GetString()!;
        Assert.StartsWith($"{shown.GetProperty("id")}: xdp  name DropPacket  tag {tag}\n\txlated 0B  not jited", plain, StringComparison.Ordinal);
        Assert.Equal(plain, machine.Run($"prog show tag {tag}").Output);
        Assert.Equal(plain, machine.Run("prog show pinned /ebpf/drop").Output);
        Assert.Equal(
            new ToolRun(
                255, "", "libbpf: failed to load object 'droppacket.sys': the module is loaded already\nError: failed to load object file\n"),
            machine.Run("prog load droppacket.sys /ebpf/drop"));
    }

    [Theory]
    [InlineData("-j prog load nothing.o /q", "elf: failed to open nothing.o: No such file or directory", "failed to open object file")]
    [InlineData("-j prog load nothing.sys /q", "failed to open nothing.sys: No such file or directory", "failed to open object file")]
    [InlineData("-j prog load / /q", "elf: failed to open / as ELF file: invalid file descriptor", "failed to open object file")]
    public void The_librarys_messages_stand_beside_JSON(string line, string message, string problem)
    {
        using BpftoolMachine machine = new();

        Assert.Equal(new ToolRun(255, $"{{\"error\":\"{problem}\"}}\n", $"libbpf: {message}\n"), machine.Run(line));
    }

    [Fact]
    public void Debug_names_the_file_that_is_loaded()
    {
        using BpftoolMachine machine = new();

        Assert.StartsWith("libbpf: loading nothing.o\n", machine.Run("-d prog load nothing.o /q").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_is_run_on_a_file()
    {
        using TempFolder folder = new();
        using BpftoolMachine machine = new();
        string packet = Path.Combine(folder.Path, "packet");
        string result = Path.Combine(folder.Path, "result");
        File.WriteAllBytes(packet, new byte[64]);
        machine.Prepare("prog load droppacket.sys /ebpf/drop");

        ToolRun given = machine.Run($"prog run name DropPacket data_in {packet} data_out - repeat 5");
        Assert.StartsWith(
            "0000000\t0000 0000 0000 0000 0000 0000 0000 0000 | ........ ........\n0000010\t0000", given.Output, StringComparison.Ordinal);
        Assert.Matches("Return value: [0-9]+, duration \\(average\\): [0-9]+ns\n$", given.Output);
        Assert.Equal(0, machine.Run($"prog run name DropPacket data_in {packet} data_out {result}").ExitCode);
        Assert.Equal(new byte[64], File.ReadAllBytes(result));
        Assert.Equal(
            new ToolRun(255, "", $"Error: failed to read data_in/ctx_in from {folder.Path}: Is a directory\n"),
            machine.Run($"prog run name DropPacket data_in {folder.Path}"));
        Assert.Equal(
            new ToolRun(255, "", "Error: ambiguous prefix: 'data' could be 'data_in' or 'data_out' or 'data_size_out'\n"),
            machine.Run($"prog run name DropPacket data {packet}"));
    }

    [Fact]
    public void A_program_is_attached_and_its_link_shown_pinned_and_detached()
    {
        using BpftoolMachine machine = new();
        machine.Prepare("prog load cgroup_count_connect4.sys /ebpf/count");
        uint program = machine.Run("-j prog show pinned /ebpf/count").Json[0].GetProperty("id").GetUInt32();
        machine.Prepare("prog attach pinned /ebpf/count cgroup/connect4 1");

        JsonElement link = machine.Run("-j link show").Json[0][0];
        uint id = link.GetProperty("id").GetUInt32();
        Assert.Equal(("cgroup", program), (link.GetProperty("type").GetString(), link.GetProperty("prog_id").GetUInt32()));
        machine.Prepare($"link pin id {id} /ebpf/link");
        Assert.Equal(
            new ToolRun(239, "", "Error: can't pin the object (/ebpf/link): File exists\n"), machine.Run($"link pin id {id} /ebpf/link"));
        Assert.EndsWith("\n\tpinned /ebpf/link\n", machine.Run("-f link show").Output, StringComparison.Ordinal);
        machine.Prepare("link detach pinned /ebpf/link", "link detach pinned /ebpf/link", "prog detach pinned /ebpf/count cgroup/connect4 1");
    }

    [Fact]
    public void An_object_file_is_loaded_with_its_programs_and_maps_pinned()
    {
        using BpftoolMachine machine = new();
        machine.Prepare($"prog loadall {Sample("tail_call_chain.o")} /ebpf/chain pinmaps /ebpf/maps");

        JsonElement[] programs = [.. machine.Run("-jf prog show").Json[0].EnumerateArray()];
        Assert.Equal(
            [("first", "/ebpf/chain/xdp_first"), ("second", "/ebpf/chain/xdp_second"), ("third", "/ebpf/chain/xdp_third")],
            programs.Select(p => (p.GetProperty("name").GetString()!, p.GetProperty("pinned")[0].GetString()!)).Order());
        Assert.All(machine.Run("-jf map show").Json[0].EnumerateArray(), m =>
            Assert.Equal($"/ebpf/maps/{m.GetProperty("name")}", m.GetProperty("pinned")[0].GetString()));
    }

    [Fact]
    public void A_program_in_C_is_run_on_a_file_and_counts_in_its_map()
    {
        using TempFolder folder = new();
        using BpftoolMachine machine = new();
        string packet = Path.Combine(folder.Path, "packet");
        File.WriteAllBytes(packet, Convert.FromHexString(Packet));
        machine.Prepare($"prog load {Sample("counter.o")} /ebpf/count type xdp");

        JsonElement run = machine.Run($"-j prog run pinned /ebpf/count data_in {packet} data_out - repeat 5").Json[0];
        Assert.Equal((1, Packet.Length / 2), (run.GetProperty("retval").GetInt32(), run.GetProperty("data_out").GetArrayLength()));
        JsonElement port = machine.Run("-j map lookup name stats key 53 0 0 0").Json[0];
        Assert.Equal(5, port.GetProperty("values").EnumerateArray().Sum(v => Convert.ToInt32(v.GetProperty("value")[0].GetString(), 16)));
    }

    [Theory]
    [InlineData("samples/c/refused/writes_r10.o", "", ": failed to load: -13")]
    [InlineData("samples/c/counter.o", "type frob", "failed to guess program type from ELF section 'frob/'")]
    [InlineData("samples/c/counter.o", "map name stats id 1", "get map by id (1): No such file or directory")]
    [InlineData("tests/object-files/objects/externs.o", "", "api.object.extern")]
    public void An_object_file_that_is_not_loaded_has_a_reason(string file, string words, string reason)
    {
        using BpftoolMachine machine = new();

        ToolRun given = machine.Run($"prog load {Repository.PathOf(file.Split('/'))} /ebpf/q {words}");
        Assert.Equal((255, ""), (given.ExitCode, given.Output));
        Assert.Contains(reason, given.Error, StringComparison.Ordinal);
        Assert.Equal("[]\n", machine.Run("-j prog show").Output);
    }

    [Fact]
    public void What_is_damaged_in_an_object_file_is_told_with_its_place()
    {
        using TempFolder folder = new();
        using BpftoolMachine machine = new();
        string cut = Path.Combine(folder.Path, "cut.o");
        File.WriteAllBytes(cut, File.ReadAllBytes(Sample("counter.o"))[..1000]);

        ToolRun given = machine.Run($"prog load {cut} /ebpf/q");
        Assert.Equal(255, given.ExitCode);
        Assert.Contains("e_shoff at offset 0x28: ", given.Error, StringComparison.Ordinal);
        Assert.EndsWith("Error: failed to open object file\n", given.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Profiling_is_refused_as_without_clang()
    {
        using BpftoolMachine machine = new();

        Assert.Equal(
            new ToolRun(
                0, "", "Error: bpftool prog profile command is not supported. Please build bpftool with clang >= 10.0.0\n"),
            machine.Run("prog profile id 1 cycles"));
    }

    [Fact]
    public void A_native_program_has_no_instructions_to_show()
    {
        using BpftoolMachine machine = new();
        machine.Prepare("prog loadall tail_call_chain.sys /ebpf/chain pinmaps /ebpf/maps");

        JsonElement program = machine.Run("-j prog show").Json[0][0];
        Assert.Equal(
            new ToolRun(
                255, "", $"Error: program {program.GetProperty("id")} '{program.GetProperty("name")}' is native code: it has no eBPF instructions\n"),
            machine.Run($"prog dump xlated id {program.GetProperty("id")}"));
        Assert.NotEqual(0, machine.Run("map show name nothing").ExitCode);
    }

    private static string Sample(string file) => Repository.PathOf("samples", "c", file);
}
