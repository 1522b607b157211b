namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>Recordings that heard nothing: a wrong name, a good sign, or no program of ours.</summary>
public sealed class SilenceTests
{
    private const string Call = """{"op":"num_possible_cpus"}""";

    [Theory]
    [InlineData("collect", "KernelSim-Kernle", "; did you mean 'KernelSim-Kernel'?")]
    [InlineData("collect", "userapy", "; did you mean 'KernelSim-UserApi'?")]
    [InlineData("tail", "KernelSim-Kernle", "; did you mean 'KernelSim-Kernel'?")]
    [InlineData("collect", "Nobody-Has-This", ": none of that name was there when the machine booted")]
    public void A_provider_that_the_program_does_not_have_is_named(string verb, string given, string hint)
    {
        ToolRun run = Record(verb, "--providers", given);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"kernelsim: --providers: '{given}' given, expected a provider of the program{hint}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("no event was heard; does the program", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_name_beside_a_right_one_is_named_and_the_right_one_recorded()
    {
        ToolRun run = Record("tail", "--providers", "Kernel,KernelSim-UserApy");

        Assert.Equal(1, run.ExitCode);
        Assert.NotEmpty(run.Lines);
        Assert.Contains("did you mean 'KernelSim-UserApi'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_of_another_library_is_recorded_without_a_word()
    {
        ToolRun run = Record("collect", "--providers", "Kernel,System.Runtime");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("kernelsim:", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("collect")]
    [InlineData("tail")]
    public void Silence_of_errors_is_good_news(string verb)
    {
        ToolRun run = Record(verb, "--profile", "errors");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(
            "kernelsim: no refusal, fault or bugcheck was heard: there was none while this was recorded\n", run.Error, StringComparison.Ordinal);
    }

    private static ToolRun Record(string verb, params string[] options)
    {
        using TempFolder folder = new();
        string script = folder.Add("one.jsonl", System.Text.Encoding.UTF8.GetBytes(Call));
        string[] output = verb == "collect" ? ["-o", Path.Combine(folder.Path, "t.nettrace")] : [];
        return ToolRun.Of(["trace", verb, .. options, .. output, "--", "kernelsim", "script", script]);
    }
}
