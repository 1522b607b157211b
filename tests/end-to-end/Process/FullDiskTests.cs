using KernelSim.EndToEnd.Tests.Trace;
using KernelSim.Tool.CommandLine;

namespace KernelSim.EndToEnd.Tests.Process;

/// <summary>Standard output, standard error and files that take nothing, or not all.</summary>
public sealed class FullDiskTests(TourTrace trace)
{
    private const string Full = "/dev/full";

    private static readonly bool s_hasFull = File.Exists(Full);

    public static TheoryData<string> Commands =>
    [
        "explain EINVAL", "explain -j", "--help", "--version", "trace why --help", "script one.jsonl",
        "replay message", "tour", "tour -j", "serve --name full",
    ];

    [Theory(Skip = "There is no /dev/full here.", SkipUnless = nameof(HasFull))]
    [MemberData(nameof(Commands))]
    public void A_full_disk_behind_standard_output_is_one_line_and_1(string command)
    {
        using TempFolder folder = Folder();

        ShellRun run = ShellRun.Of($"cd '{folder.Path}' && kernelsim {command} > {Full}");

        Assert.Equal("kernelsim: cannot write to standard output: No space left on device\n", run.Error);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory(Skip = "There is no /dev/full here.", SkipUnless = nameof(HasFull))]
    [InlineData("events")]
    [InlineData("report")]
    [InlineData("why")]
    [InlineData("view")]
    [InlineData("convert")]
    public void So_it_is_for_the_verbs_that_read_a_trace(string verb)
    {
        ShellRun run = ShellRun.Of($"kernelsim trace {verb} '{trace.Path}' > {Full}");

        Assert.Equal("kernelsim: cannot write to standard output: No space left on device\n", run.Error);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory(Skip = "There is no /dev/full here.", SkipUnless = nameof(HasFull))]
    [InlineData("tour --html /dev/full", "the page")]
    [InlineData("tour --trace /dev/full", "the trace")]
    [InlineData("trace view {0} -o /dev/full", "the page")]
    [InlineData("trace convert {0} -o /dev/full", "to write to")]
    [InlineData("trace convert {0} --format csv -o /dev/full", "to write to")]
    public void A_full_disk_behind_a_file_is_one_line_and_1(string command, string what)
    {
        ShellRun run = ShellRun.Of($"kernelsim {command.Replace("{0}", $"'{trace.Path}'", StringComparison.Ordinal)}");

        string line = Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("kernelsim: '/dev/full' given, expected a file", line, StringComparison.Ordinal);
        Assert.Contains(what, line, StringComparison.Ordinal);
        Assert.Contains("No space left on device", line, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory(Skip = "A shell of POSIX is needed.", SkipUnless = nameof(IsUnix))]
    [InlineData("explain EINVAL >&-")]
    [InlineData("--version >&-")]
    [InlineData("--version >&- <&-")]
    public void Closed_standard_output_is_one_line_and_1(string command)
    {
        ShellRun run = ShellRun.Of($"kernelsim {command}");

        string line = Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("kernelsim: cannot write to standard output: ", line, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory(Skip = "A shell of POSIX is needed.", SkipUnless = nameof(IsUnix))]
    [InlineData("explain EINVL 2>&-", 2)]
    [InlineData("frob 2>&-", 2)]
    [InlineData("explain EINVL 2>/dev/full", 2)]
    [InlineData("explain EINVAL 2>&- >/dev/null", 0)]
    public void Notes_that_nothing_takes_change_no_exit_code(string command, int exitCode) =>
        Assert.Equal(exitCode, ShellRun.Of($"kernelsim {command}").ExitCode);

    [Fact(Skip = "A shell of POSIX is needed.", SkipUnless = nameof(IsUnix))]
    public void Closed_standard_input_is_an_empty_script()
    {
        ShellRun run = ShellRun.Of("kernelsim script - <&-");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory(Skip = "A shell of POSIX is needed.", SkipUnless = nameof(IsUnix))]
    [InlineData("events")]
    [InlineData("why")]
    public void Closed_standard_input_is_an_empty_trace(string verb)
    {
        ShellRun run = ShellRun.Of($"kernelsim trace {verb} - <&-");

        Assert.StartsWith("kernelsim: '-' given, expected a trace", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(": the file is empty\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory(Skip = "A shell of POSIX is needed.", SkipUnless = nameof(IsUnix))]
    [InlineData("trace events {0}")]
    [InlineData("trace view {0} -o /dev/stdout")]
    [InlineData("trace convert {0} -o /dev/stdout")]
    public void A_reader_that_goes_away_ends_the_command_quietly(string command)
    {
        string given = command.Replace("{0}", $"'{trace.Path}'", StringComparison.Ordinal);

        ShellRun run = ShellRun.Of($"{{ kernelsim {given}; echo \"$?\" >&2; }} | head -n 1");

        Assert.Equal("141\n", run.Error);
        Assert.Single(run.Output.TrimEnd('\n').Split('\n'));
    }

    [Fact(Skip = "A shell of POSIX is needed.", SkipUnless = nameof(IsUnix))]
    public void Commands_that_share_a_file_write_one_after_the_other()
    {
        using TempFolder folder = new();

        ShellRun run = ShellRun.Of($"cd '{folder.Path}' && {{ kernelsim --version; kernelsim frob; kernelsim --version; }} > all 2>&1; cat all");

        string[] lines = run.Output.TrimEnd('\n').Split('\n');
        int version = (lines.Length - 2) / 2;
        Assert.StartsWith("kernelsim 0.", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("kernelsim: 'frob' given", lines[version], StringComparison.Ordinal);
        Assert.Equal(lines[..version], lines[^version..]);
    }

    [Theory(Skip = "A shell of POSIX is needed.", SkipUnless = nameof(IsUnix))]
    [InlineData("trace view {0} -o page")]
    [InlineData("trace convert {0} -o page")]
    public void A_disk_that_fills_up_leaves_no_half_file(string command)
    {
        using TempFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, "there"), "before");

        // A limit on the size of files stands for a disk that is nearly full.
        string given = command.Replace("{0}", $"'{trace.Path}'", StringComparison.Ordinal);
        ShellRun run = ShellRun.Of(
            $"cd '{folder.Path}' && DOTNET_EnableWriteXorExecute=0; export DOTNET_EnableWriteXorExecute; ulimit -f 40 && trap '' XFSZ"
            + $" && kernelsim {given}; kernelsim {given.Replace("-o page", "-o there", StringComparison.Ordinal)}");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, run.Error.Split("expected a file to write").Length - 1);
        Assert.Equal(0, new FileInfo(Assert.Single(Directory.EnumerateFiles(folder.Path))).Length);
    }

    [Fact]
    public void A_writer_that_fails_in_the_middle_is_told_of_once()
    {
        using StringWriter error = new() { NewLine = "\n" };
        using StreamWriter output = new(new FailingStream());

        int exitCode = KernelSimTool.Run(["explain"], new ToolConsole(TextReader.Null, output, error));

        Assert.Equal(1, exitCode);
        Assert.Equal("kernelsim: cannot write to standard output: the tape is torn\n", error.ToString());
    }

    public static bool HasFull => s_hasFull;

    public static bool IsUnix => !OperatingSystem.IsWindows();

    private static TempFolder Folder()
    {
        TempFolder folder = new();
        folder.Add("one.jsonl", """{"op":"num_possible_cpus"}"""u8.ToArray());
        folder.Add("message", [0, 0, 8, 0, 0, 0, 0, 0, 0, 0]);
        return folder;
    }

    private sealed class FailingStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("the tape is torn");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("the tape is torn");
    }
}
