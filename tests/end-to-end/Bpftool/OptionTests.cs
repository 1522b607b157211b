using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Hosting;

namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary>Options and keywords of command lines.</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData("-j map show name h")]
    [InlineData("map -j show name h")]
    [InlineData("map show name h -j")]
    [InlineData("map show name h --json")]
    [InlineData("map show --js name h")]
    [InlineData("-jn map show name h")]
    [InlineData("m s na h -j")]
    [InlineData("-B vmlinux map show name h -j")]
    [InlineData("-j -- map show name h")]
    public void Options_stand_anywhere_and_keywords_may_be_short(string line)
    {
        using BpftoolMachine machine = new();
        machine.Prepare("map create /h type hash key 4 value 8 entries 4 name h");

        ToolRun given = machine.Run(line);

        Assert.Equal(0, given.ExitCode);
        Assert.StartsWith("{\"id\":", given.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("map show -x", "-x")]
    [InlineData("map show --frob", "--frob")]
    [InlineData("map show -xj", "show")]
    [InlineData("-xj map show", "bpftool")]
    [InlineData("map show --json=1", "--json=1")]
    public void An_unknown_option_is_named_as_bpftool_names_it(string line, string named)
    {
        using BpftoolMachine machine = new();

        ToolRun given = machine.Run(line);

        Assert.Equal(255, given.ExitCode);
        Assert.StartsWith($"Error: unrecognized option '{named}'\nUsage: bpftool [OPTIONS]", given.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Debug_names_the_check_that_refused_a_call()
    {
        using BpftoolMachine machine = new();

        ToolRun given = machine.Run("-d map create /h type hash key 4 value 8 entries 4 name h flags 1");

        Assert.Equal(255, given.ExitCode);
        Assert.Matches(@"^libbpf: bpf_map_create: .*api\.map_create\.flags.* -> EINVAL\nError: map create failed: Invalid argument\n$", given.Error);
    }

    [Fact]
    public void An_unknown_option_after_j_is_an_error_in_JSON()
    {
        using BpftoolMachine machine = new();

        Assert.Equal(new ToolRun(255, """{"error":"unrecognized option '-x'"}""" + "\n", ""), machine.Run("-j map show -x"));
    }

    [Theory]
    [InlineData("10", false, 10u)]
    [InlineData("0x10", false, 16u)]
    [InlineData("010", false, 8u)]
    [InlineData("-1", false, uint.MaxValue)]
    [InlineData("ff", true, 255u)]
    [InlineData("0xff", true, 255u)]
    [InlineData("", false, 0u)]
    [InlineData(" 7", false, 7u)]
    [InlineData("99999999999999999999999", false, uint.MaxValue)]
    public void Numbers_are_read_as_C_reads_them(string text, bool hex, uint value)
    {
        Assert.True(CNumber.TryParse(text, out ulong number, hex));
        Assert.Equal(value, unchecked((uint)number));
    }

    [Theory]
    [InlineData("x", false)]
    [InlineData("08", false)]
    [InlineData("0x", false)]
    [InlineData("fg", true)]
    [InlineData("1 ", false)]
    [InlineData("-", false)]
    public void What_is_no_number_in_C_is_refused(string text, bool hex) => Assert.False(CNumber.TryParse(text, out ulong _, hex));

    [Theory]
    [InlineData("map show", "default", "map show")]
    [InlineData("map show --server", "default", "map show")]
    [InlineData("map show --server lab", "lab", "map show")]
    [InlineData("map show --server=lab -j", "lab", "map show -j")]
    [InlineData("--server lab map show", "lab", "map show")]
    [InlineData("--server map show", "default", "map show")]
    [InlineData("--server map map show", "map", "map show")]
    [InlineData("map --server show", "default", "map show")]
    [InlineData("map --server lab show", "lab", "map show")]
    [InlineData("map --server list show", "list", "map show")]
    [InlineData("map dump --server name h", "default", "map dump name h")]
    [InlineData("map dump --server lab name h", "lab", "map dump name h")]
    [InlineData("map dump --server name name h", "name", "map dump name h")]
    [InlineData("-j --server -f map show", "default", "-j -f map show")]
    [InlineData("batch --server lab file x", "lab", "batch file x")]
    [InlineData("batch --server file x", "default", "batch file x")]
    [InlineData("-x map show", "default", "-x map show")]
    public void The_server_is_named_anywhere(string line, string server, string rest)
    {
        ToolLine? read = ToolLine.Read(line.Split(' '));

        Assert.Equal((server, rest), (read?.Server, string.Join(' ', read?.Arguments ?? [])));
    }

    [Theory]
    [InlineData("tour")]
    [InlineData("mpa show")]
    [InlineData("map --help")]
    [InlineData("map dump -h")]
    [InlineData("script --server map")]
    [InlineData("-j")]
    public void Other_lines_are_the_tools_own(string line) => Assert.Null(ToolLine.Read(line.Split(' ')));
}
