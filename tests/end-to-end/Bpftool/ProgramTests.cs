using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary>Programs and links: native modules, which the transcript does not have.</summary>
public sealed class ProgramTests
{
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

        Assert.Equal(
            new ToolRun(255, "", "Error: error retrieving insn dump: kernel.kptr_restrict set?\n"),
            machine.Run($"prog dump xlated id {machine.Run("-j prog show").Json[0][0].GetProperty("id")}"));
        Assert.NotEqual(0, machine.Run("map show name nothing").ExitCode);
    }
}
