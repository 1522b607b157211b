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
    [InlineData("map show \\\n", "missing continuation line on command 0")]
    [InlineData("map show 'a\0b'", "unterminated quoted string in command 0")]
    public void A_line_that_cannot_be_read_is_refused(string lines, string problem)
    {
        using BpftoolMachine machine = new();

        Assert.Equal(new ToolRun(255, "", $"Error: {problem}\n"), machine.RunWith(lines, "batch", "file", "-"));
    }

    [Theory]
    [InlineData("map show name \\")]
    [InlineData("map show name \\\r\n")]
    public void A_backslash_that_no_line_feed_follows_is_a_character(string lines)
    {
        using BpftoolMachine machine = new();

        Assert.StartsWith(
            """[{"command":["map","show","name","\\"],""", machine.RunWith(lines, "batch", "file", "-", "-j").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65533, 0, "processed 0 commands\n", "")]
    [InlineData(65534, 255, "", "Error: reading batch file failed: Argument list too long\n")]
    public void A_line_is_shorter_than_the_buffer_for_it(int blanks, int exitCode, string output, string error)
    {
        using BpftoolMachine machine = new();

        Assert.Equal(new ToolRun(exitCode, output, error), machine.RunWith(new string(' ', blanks) + "\n", "batch", "file", "-"));
    }

    [Fact]
    public void Lines_that_become_too_long_together_are_refused()
    {
        using BpftoolMachine machine = new();
        string lines = $"map list{new string(' ', 40000)}\\\n{new string(' ', 40000)}\n";

        Assert.Equal(new ToolRun(255, "", "Error: command 0 is too long\n"), machine.RunWith(lines, "batch", "file", "-"));
    }

    [Theory]
    [InlineData("\ufeffmap list", "\ufeffmap")]
    [InlineData("zap\0ped", "zap")]
    public void Bytes_before_and_after_a_word_are_not_skipped(string line, string word)
    {
        using BpftoolMachine machine = new();

        Assert.StartsWith($"[{{\"command\":[\"{word}\"", machine.RunWith(line, "batch", "file", "-", "-j").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_cannot_be_read_as_a_batch()
    {
        using TempFolder folder = new();
        using BpftoolMachine machine = new();

        Assert.Equal(new ToolRun(255, "", "Error: reading batch file failed: Is a directory\n"), machine.Run($"batch file {folder.Path}"));
        Assert.Equal(
            new ToolRun(255, """[{"error":"reading batch file failed: Is a directory"}]""" + "\n", ""), machine.Run($"-j batch file {folder.Path}"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux has a file whose first bytes cannot be read.");
        using BpftoolMachine machine = new();

        Assert.Equal(
            new ToolRun(255, "", "Error: reading batch file failed: Input/output error\n"), machine.Run("batch file /proc/self/mem"));
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
