namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary><c>batch file</c>.</summary>
public sealed class BatchTests
{
    [Fact]
    public void A_batch_runs_its_lines_in_one_process()
    {
        using BpftoolMachine machine = new();

        ToolRun given = machine.RunWith(
            """
            # a comment
            map create /h type hash \
                key 4 value 4 entries 4 name h   # and another

            map update name 'h' key 1 0 0 0 value "2" 0 0 0
            map dump name h
            """,
            "batch",
            "file",
            "-");

        Assert.Equal(new ToolRun(0, "key: 01 00 00 00  value: 02 00 00 00\nFound 1 element\nprocessed 3 commands\n", ""), given);
    }

    [Fact]
    public void A_batch_ends_at_the_first_command_that_fails()
    {
        using BpftoolMachine machine = new();

        ToolRun given = machine.RunWith("map show id 99\nmap list\n", "batch", "file", "-", "-j");

        Assert.Equal(255, given.ExitCode);
        Assert.Equal(
            """[{"command":["map","show","id","99"],"output":{"error":"get map by id (99): No such file or directory"}}]""" + "\n", given.Output);
    }

    [Theory]
    [InlineData("map show name 'h", "unterminated quoted string in command 0")]
    [InlineData("map show \\", "missing continuation line on command 0")]
    public void A_line_that_cannot_be_read_is_refused(string lines, string problem)
    {
        using BpftoolMachine machine = new();

        Assert.Equal(new ToolRun(255, "", $"Error: {problem}\n"), machine.RunWith(lines, "batch", "file", "-"));
    }

    [Theory]
    [InlineData("batch", "too few parameters for batch")]
    [InlineData("batch file a b", "too many parameters for batch")]
    [InlineData("batch folder a", "expected 'file', got: folder")]
    public void A_batch_needs_one_file(string line, string problem)
    {
        using BpftoolMachine machine = new();

        Assert.Equal(new ToolRun(255, "", $"Error: {problem}\n"), machine.Run(line));
    }

    [Fact]
    public void A_usage_that_ends_a_batch_leaves_whole_JSON()
    {
        using BpftoolMachine machine = new();

        ToolRun given = machine.RunWith("map dump\n", "batch", "file", "-", "-j");

        Assert.Equal(new ToolRun(255, """[{"command":["map","dump"],"output":null}]""" + "\n", ""), given);
    }
}
