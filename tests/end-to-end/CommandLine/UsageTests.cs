using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.CommandLine;

public sealed class UsageTests
{
    public static TheoryData<string, string[]> Mistakes => new()
    {
        { "no verb given", [] },
        { "'frobnicate' given", ["frobnicate"] },
        { "'frob' given", ["frob", "show"] },
        { "'--frob' given", ["explain", "--frob"] },
        { "'--cpus' given", ["explain", "EINVAL", "--cpus", "2"] },
        { "'two' given", ["explain", "EINVAL", "two"] },
        { "--cpus: '0' given, expected a number from 1 to 1024", ["replay", "x", "--cpus", "0"] },
        { "--cpus: '1025' given, expected a number from 1 to 1024", ["replay", "x", "--cpus", "1025"] },
        { "--cpus: 'many' given, expected a number from 1 to 1024", ["replay", "x", "--cpus", "many"] },
        { "--cpus: '99999999999' given, expected a number from 1 to 1024", ["replay", "x", "--cpus", "99999999999"] },
        { "--heap: 'Packed' given, expected packed or guarded", ["replay", "x", "--heap", "Packed"] },
        { "--library: 'libbpf' given, expected checked or upstream or before-3564", ["script", "x", "--library", "libbpf"] },
        { "'--frob' given", ["script", "--frob"] },
        { "'--cpus' given with --driver, expected FILE.dll", ["script", "x", "--driver", "--cpus", "2"] },
        { "--driver", ["script", "x", "--driver"] },
        { "'--frob' given", ["replay", "x", "--frob"] },
        { "script: no FILE given, expected the lab script", ["script"] },
        { "'y' given", ["script", "x", "y"] },
        { "--seed: '-1' given, expected a number from 0 to 18446744073709551615", ["replay", "x", "--seed", "-1"] },
        { "--cpus", ["replay", "x", "--cpus"] },
        { "replay: no PATH given, expected recorded messages", ["replay"] },
        { "completion: no SHELL given, expected the shell: bash, zsh or pwsh", ["completion"] },
        { "completion: 'fish' given, expected bash or zsh or pwsh", ["completion", "fish"] },
        { "doctor: 'y' given", ["doctor", "y"] },
        { "trace: no verb given, expected one of collect, tail, events", ["trace"] },
        { "trace: 'frobnicate' given, expected one of collect, tail, events", ["trace", "frobnicate"] },
        { "trace events: 'y' given", ["trace", "events", "x", "y"] },
        { "trace events: no FILE given", ["trace", "events"] },
        { "no process given, expected one of --pid N, --server [NAME] and -- COMMAND", ["trace", "collect"] },
        { "--pid and a command given, expected one of --pid N", ["trace", "tail", "--pid", "1", "--", "kernelsim"] },
        { "'dotnet run' given, expected the program itself", ["trace", "collect", "--", "dotnet", "run"] },
        {
            "--profile: 'loud' given, expected default or verbose or errors or perf or instructions",
            ["trace", "collect", "--profile", "loud", "--", "x"]
        },
        { "--duration: '99999999999999' given, expected seconds or", ["trace", "collect", "--duration", "99999999999999", "--", "x"] },
        { "--duration: '50:00:00:00' given, expected seconds or", ["trace", "tail", "--duration", "50:00:00:00", "--", "x"] },
        { "--duration: 'soon' given, expected seconds or", ["trace", "collect", "--duration", "soon", "--", "x"] },
        { "--buffer-size: '0' given, expected a number of MiB from 1", ["trace", "collect", "--buffer-size", "0", "--", "x"] },
        { "--providers: 'Kernel:Frob' given, expected NAME", ["trace", "collect", "--providers", "Kernel:Frob", "--", "x"] },
        { "--top: '-1' given, expected a number from 0", ["trace", "report", "x", "--top", "-1"] },
        { "--format: 'speedscope' given, expected chromium or csv", ["trace", "convert", "x", "--format", "speedscope"] },
        { "--level: 'loud' given, expected critical or", ["trace", "events", "x", "--level", "loud"] },
        { "--errno: 'EFROB' given, expected an errno", ["trace", "events", "x", "--errno", "EFROB"] },
        { "--request: 'first' given, expected a request id", ["trace", "events", "x", "--request", "first"] },
        { "--provider: 'Kernal' given, expected Kernel or UserApi", ["trace", "events", "x", "--provider", "Kernal"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Wrong_usage_ends_with_2_and_its_reason(string complaint, string[] args)
    {
        ToolRun run = ToolRun.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("kernelsim: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(complaint, lines[0], StringComparison.Ordinal);
        Assert.Matches("^see 'kernelsim( [a-z]+)* --help'$", lines[1]);
        Assert.Equal(0, ToolRun.Of([.. lines[1]["see 'kernelsim ".Length..^1].Split(' ')]).ExitCode);
    }

    [Fact]
    public void A_misspelt_option_is_named_and_so_is_the_one_that_was_meant()
    {
        const string Expected = "given, expected an option that it takes; did you mean";
        Assert.StartsWith($"kernelsim: script: '--cpu' {Expected} '--cpus'?\n", ToolRun.Of("script", "--cpu", "3").Error, StringComparison.Ordinal);
        Assert.StartsWith($"kernelsim: tour: '--tace' {Expected} '--trace'?\n", ToolRun.Of("tour", "--tace", "x").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-j")]
    [InlineData("--json")]
    [InlineData("-p")]
    [InlineData("-jp")]
    public void Under_json_a_mistake_is_an_object_on_stdout_too(string option)
    {
        ToolRun run = ToolRun.Of("replay", "x", "--cpus", "0", option);

        JsonElement failure = ToolRun.Parse(run.Output);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("expected a number from 1 to 1024", failure.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(22, failure.GetProperty("errno").GetInt32());
        Assert.Equal("EINVAL", failure.GetProperty("errno_name").GetString());
        Assert.Contains("--cpus", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_given_stays_on_the_line_of_the_reason_whatever_characters_it_has()
    {
        ToolRun op = ToolRun.WithInput("{\"op\":\"\\u001b[31mx\\u202e\\n\"}\n", "script", "-");
        ToolRun word = ToolRun.Of("explain", "a\n\u001b[31mx");

        foreach (ToolRun run in (ToolRun[])[op, word])
        {
            Assert.Equal(2, run.ExitCode);
            Assert.DoesNotContain('\u001b', run.Error);
            Assert.Contains("\\u001b[31mx", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain('\u202e', run.Error);
        }

        Assert.Single(op.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void An_argument_that_starts_with_an_at_sign_is_no_response_file()
    {
        ToolRun run = ToolRun.Of("explain", "@EINVAL");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'@EINVAL' given", run.Error, StringComparison.Ordinal);
    }
}
