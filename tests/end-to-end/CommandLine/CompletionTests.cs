using KernelSim.Protocol.Checks;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Completion;
using KernelSim.Tool.Trace;

namespace KernelSim.EndToEnd.Tests.CommandLine;

/// <summary>What the tool answers to a shell that asks how a command line can go on.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("tr", "trace")]
    [InlineData("trace co", "collect", "convert")]
    [InlineData("help trace wh", "why")]
    [InlineData("completion ", "bash", "zsh", "pwsh")]
    [InlineData("tour --heap ", "packed", "guarded")]
    [InlineData("tour --heap=", "--heap=packed", "--heap=guarded")]
    [InlineData("tour --heap=g", "--heap=guarded")]
    [InlineData("script lab.jsonl --library up", "upstream")]
    [InlineData("trace collect --profile ver", "verbose")]
    [InlineData("trace convert x --format c", "chromium", "csv")]
    [InlineData("trace events x --level inf", "informational")]
    [InlineData("trace events x --errno ENOE", "ENOENT")]
    [InlineData("trace events x --provider ", "Kernel", "UserApi")]
    [InlineData("bench --filter lookup-c", "lookup-cold")]
    [InlineData("lab start b", "boundary")]
    [InlineData("lab check boundary/l", "boundary/limit")]
    [InlineData("explain einv", "EINVAL")]
    [InlineData("explain KS1222", "KS1222")]
    [InlineData("explain api.update_batch.values", "api.update_batch.values_size")]
    [InlineData("tour --ht", "--html")]
    [InlineData("tour --tr", "--trace")]
    [InlineData("--v", "--version")]
    [InlineData("script --server x --c", "--cpus")]
    public void The_words_that_can_follow_are_those_that_the_tool_takes(string line, params string[] expected) =>
        Assert.Equal(expected, Words(line));

    [Theory]
    [InlineData("script ", ":files")]
    [InlineData(
        "script -", "--server", "--cpus", "--heap", "--seed", "--library", "--defects", "--driver", "--dump-on-bugcheck", "--abi", "--diff", "--json",
        "--pretty", "--help")]
    [InlineData("replay a b ", ":files")]
    [InlineData("trace why ", ":files")]
    [InlineData("tour --html ", ":files")]
    [InlineData("tour --html=x", ":files")]
    [InlineData("trace view x -o ", ":files")]
    [InlineData("bench --plots ", ":folders")]
    [InlineData("trace collect -- ", ":commands")]
    [InlineData("trace collect -- cat ", ":files")]
    public void Where_a_path_or_a_command_of_the_host_is_expected_the_shell_is_told_so(string line, params string[] expected) =>
        Assert.Equal(expected, Words(line));

    [Theory]
    [InlineData("frob")]
    [InlineData("tour --cpus ")]
    [InlineData("script a b")]
    [InlineData("explain zzz")]
    [InlineData("explain EINVAL x")]
    [InlineData("tour --frob")]
    public void Where_nothing_is_known_nothing_is_offered(string line) => Assert.Empty(Words(line));

    [Fact]
    public void An_option_that_was_given_is_not_offered_again_unless_it_may_be_repeated()
    {
        Assert.DoesNotContain("--heap", Words("tour --heap packed --"));
        Assert.Contains("--cpus", Words("tour --heap packed --"));
        Assert.Contains("--event", Words("trace events x --event Copy --"));
    }

    [Fact]
    public void A_verb_has_its_options_and_not_those_of_others()
    {
        Assert.Equal(
            ["--cpus", "--heap", "--seed", "--library", "--driver", "--program", "--trace", "--html", "--json", "--pretty", "--help"],
            Words("tour --"));
        Assert.DoesNotContain("--version", Words("tour --"));
        Assert.Equal(Words("tour --"), Words("tour "));
    }

    [Fact]
    public void The_tool_behind_two_dashes_is_completed_as_itself()
    {
        Assert.Equal(["tour", "top", "trace"], Words("trace collect -- kernelsim t"));
        Assert.Equal(["packed"], Words("trace collect --profile verbose -- kernelsim tour --heap p"));
    }

    [Fact]
    public void Every_verb_every_check_and_every_event_is_offered()
    {
        Assert.Equal(CommandModules.All.Select(m => m.Build(Silent).Name), Words(""));
        Assert.Superset(CheckTable.All.Select(c => c.Id).ToHashSet(), Words("explain ").ToHashSet());
        Assert.Equal(EventNames.All, Words("trace events x --event "));
    }

    [Fact]
    public void A_word_comes_with_what_it_means()
    {
        ToolRun run = ToolRun.Of("complete", "--", "trace", "why");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("why\tSay why a request failed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(". ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verb_that_shells_ask_is_not_in_the_help_nor_offered()
    {
        Assert.DoesNotContain("complete", ToolRun.Of("--help").Lines.Select(l => l.Trim().Split(' ')[0]));
        Assert.DoesNotContain("complete", Words(""));
        Assert.DoesNotContain("complete,", ToolRun.Of("frobnicate").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_be_completed_does_not_lengthen_the_help()
    {
        Assert.Contains("Usage:\n  kernelsim explain [<ERRNO|CHECK>] [options]\n", ToolRun.Of("explain", "--help").Output, StringComparison.Ordinal);
        Assert.DoesNotContain(":files", ToolRun.Of("script", "--help").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -F _kernelsim kernelsim")]
    [InlineData("zsh", "compdef _kernelsim kernelsim")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName kernelsim")]
    public void The_script_of_a_shell_registers_what_asks_the_tool_and_has_no_list_of_its_own(string shell, string registration)
    {
        ToolRun run = ToolRun.Of("completion", shell);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Contains(registration, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', run.Output);
        Assert.DoesNotContain("replay", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_shell_has_its_script() => Assert.All(ShellTable.All.Keys, s => Assert.NotEmpty(ShellTable.ScriptOf(s)));

    private static ToolConsole Silent => new(TextReader.Null, TextWriter.Null, TextWriter.Null);

    private static string[] Words(string line) =>
        [.. ToolRun.Of(["complete", "--", .. line.Split(' ')]).Lines.Select(l => l.Split('\t')[0])];
}
