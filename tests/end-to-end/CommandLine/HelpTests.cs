using KernelSim.Tool.CommandLine;

namespace KernelSim.EndToEnd.Tests.CommandLine;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs => [.. CommandModules.All.Select(NameOf)];

    /// <summary>Each noun and one of its verbs.</summary>
    public static TheoryData<string, string> VerbsOfNouns =>
    [
        .. CommandModules.All.SelectMany(noun => noun.Verbs.Select(verb => (NameOf(noun), NameOf(verb)))),
    ];

    [Fact]
    public void Help_lists_every_verb_and_ends_with_an_example()
    {
        ToolRun run = ToolRun.Of("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.All(Verbs, verb => Assert.Contains($"\n  {verb.Data} ", run.Output, StringComparison.Ordinal));
        Assert.Contains("\nExample:\n  $ kernelsim ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_word_help_stands_for_the_option()
    {
        Assert.Equal(ToolRun.Of("--help").Output, ToolRun.Of("help").Output);
        Assert.Equal(ToolRun.Of("trace", "why", "--help").Output, ToolRun.Of("help", "trace", "why").Output);
        Assert.Equal(0, ToolRun.Of("help").ExitCode);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_of_a_verb_ends_with_an_example_of_that_verb(string verb)
    {
        ToolRun run = ToolRun.Of(verb, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Matches($@"\nExample:\n  \$ (source <\()?kernelsim {verb}", run.Output);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 0, 100));
    }

    [Theory]
    [MemberData(nameof(VerbsOfNouns))]
    public void Help_of_a_verb_of_a_noun_ends_with_an_example_of_that_verb(string noun, string verb)
    {
        ToolRun run = ToolRun.Of(noun, verb, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"\nExample:\n  $ kernelsim {noun} {verb} ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"\n  {verb} ", ToolRun.Of(noun, "--help").Output, StringComparison.Ordinal);
    }

    private static string NameOf(ICommandModule module) => module.Build(new ToolConsole(TextReader.Null, TextWriter.Null, TextWriter.Null)).Name;
}
