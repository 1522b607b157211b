using KernelSim.Tool.CommandLine;

namespace KernelSim.EndToEnd.Tests.CommandLine;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs => [.. CommandModules.All.Select(m => m.Build(new ToolConsole(TextReader.Null, TextWriter.Null, TextWriter.Null)).Name)];

    [Fact]
    public void Help_lists_every_verb_and_ends_with_an_example()
    {
        ToolRun run = ToolRun.Of("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.All(Verbs, verb => Assert.Contains($"\n  {verb.Data} ", run.Output, StringComparison.Ordinal));
        Assert.Contains("\nExample:\n  $ kernelsim ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_of_a_verb_ends_with_an_example_of_that_verb(string verb)
    {
        ToolRun run = ToolRun.Of(verb, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Contains($"\nExample:\n  $ kernelsim {verb}", run.Output, StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 0, 100));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-V")]
    public void Version_is_the_tools_own(string option)
    {
        ToolRun run = ToolRun.Of(option);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^kernelsim \d+\.\d+\.\d+\n$", run.Output);
    }
}
