using KernelSim.EndToEnd.Tests.Script;

namespace KernelSim.EndToEnd.Tests.CommandLine;

/// <summary>A slip is answered with the word that was meant, at the end of the one line that says what is wrong.</summary>
public sealed class DidYouMeanTests
{
    [Theory]
    [InlineData("script", "scrpt", "x")]
    [InlineData("doctor", "docter")]
    [InlineData("--version", "--verison")]
    [InlineData("trace why", "why", "x.nettrace")]
    [InlineData("events", "trace", "evnts", "x")]
    [InlineData("--cpus", "script", "x", "--cpu", "2")]
    [InlineData("--cpus", "script", "x", "--cpu=2")]
    [InlineData("--heap", "tour", "--haep", "packed")]
    [InlineData("--providers", "trace", "collect", "--provider", "Kernel", "--", "x")]
    [InlineData("EINVAL", "explain", "EINVL")]
    [InlineData("api.lookup_batch.values_size", "explain", "api.lookup_batch.value_size")]
    [InlineData("Copy", "trace", "events", "x", "--event", "Coppy")]
    [InlineData("ENOENT", "trace", "events", "x", "--errno", "ENOET")]
    public void A_misspelt_word_of_the_command_line_is_answered_with_the_right_one(string meant, params string[] args)
    {
        ToolRun run = ToolRun.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith($"; did you mean '{meant}'?", run.Error.Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"op":"map_creat"}""", "op 'map_creat' given, expected the name of a call; did you mean 'map_create'?")]
    [InlineData("""{"op":"Close","fd":3}""", "op 'Close' given, expected the name of a call; did you mean 'close'?")]
    [InlineData("""{"op":"close","df":3}""", "close: field 'df' given, expected op, id?, fd; did you mean 'fd'?")]
    [InlineData("""{"op":"map_create","type":"percpu_hsah"}""", "; did you mean 'percpu_hash'?")]
    [InlineData("""{"op":"prog_attach","fd":3,"attach_type":"bnid"}""", "; did you mean 'bind'?")]
    [InlineData("""{"op":"close","fd":"sttas"}""", "a name that a line has given: stats; did you mean 'stats'?")]
    public void A_misspelt_word_of_a_script_is_answered_with_the_right_one(string line, string reason)
    {
        ToolRun run = LabScript.Run(
            ["""{"op":"map_create","type":"hash","name":"stats","key_size":4,"value_size":4,"max_entries":1,"as":"stats"}""", line]);

        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith(reason + "\n", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("kernelsim: script: line 2: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("script", "x", "--frobnicate")]
    [InlineData("explain", "zzzzzzzz")]
    [InlineData("trace", "events", "x", "--event", "Frobnicate")]
    public void A_word_that_is_far_from_all_is_answered_without_a_guess(params string[] args)
    {
        ToolRun run = ToolRun.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("did you mean", run.Error, StringComparison.Ordinal);
    }
}
