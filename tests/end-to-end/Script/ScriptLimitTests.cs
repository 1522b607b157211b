using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>Scripts that are none, or have no end.</summary>
public sealed class ScriptLimitTests
{
    private const int LongestLine = 16 << 20;

    public static bool IsUnix => !OperatingSystem.IsWindows();

    [Fact]
    public void A_line_that_is_too_long_is_refused_with_its_number()
    {
        ToolRun run = ToolRun.WithInput("# one\n" + new string('a', LongestLine + 1), "script", "-");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("kernelsim: script: line 2: more than 16777216 bytes given, expected at most 16777216\n", run.Error);
    }

    [Fact]
    public void The_limit_counts_bytes()
    {
        ToolRun run = ToolRun.WithInput("#" + new string('\u00e9', LongestLine / 2), "script", "-");

        Assert.Contains("line 1: more than 16777216 bytes", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_line_and_what_follows_it_are_read()
    {
        ToolRun run = ToolRun.WithInput("#" + new string('a', LongestLine - 1) + "\n{\"op\":\"num_possible_cpus\"}", "script", "-");

        Assert.Equal("{\"ret\":4}\n", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void A_binary_file_is_refused_at_its_first_byte_0()
    {
        ToolRun run = ToolRun.WithInput("{\"op\":\"num_possible_cpus\"}\nELF\0\0", "script", "-");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("line 2: a byte 0 given, expected text", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Brackets_without_end_are_refused()
    {
        ToolRun run = ToolRun.WithInput("{\"id\":" + new string('[', 1_000_000), "script", "-");

        Assert.Equal(2, run.ExitCode);
        Assert.InRange(run.Error.Length, 1, 400);
    }

    [Fact(Skip = "There is no /dev/zero here.", SkipUnless = nameof(IsUnix))]
    public void A_device_without_end_is_no_script()
    {
        ShellRun run = ShellRun.Of(
            "kernelsim script /dev/zero; echo $?; kernelsim script - < /dev/zero; echo $?; kernelsim replay /dev/zero; echo $?");

        Assert.Equal("2\n2\n", run.Output[..4]);
        Assert.Equal(2, run.Error.Split("line 1: a byte 0 given").Length - 1);
        Assert.Contains("'/dev/zero' given with more than", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_script()
    {
        using TempFolder folder = new();

        ToolRun run = ToolRun.Of("script", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("expected a lab script: it is a folder", run.Error, StringComparison.Ordinal);
    }
}
