using System.CommandLine;
using KernelSim.Tool.CommandLine;

namespace KernelSim.EndToEnd.Tests.CommandLine;

/// <summary>A new verb is one class and one row of the table of verbs.</summary>
public sealed class NewCommandTests
{
    [Fact]
    public void A_new_verb_runs()
    {
        Assert.Equal(new ToolRun(0, "hello\n", ""), Run("greet"));
    }

    [Fact]
    public void Help_lists_a_new_verb_and_shows_its_example()
    {
        Assert.Matches("\n  greet +Say hello.", Run("--help").Output);
        Assert.Contains("\nExample:\n  $ kernelsim greet\n  Prints hello.", Run("greet", "--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_verb_is_refused_with_the_new_one_among_those_expected()
    {
        ToolRun run = Run("gret");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'gret' given, expected one of ", run.Error, StringComparison.Ordinal);
        Assert.Contains(", greet; did you mean 'greet'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_completes_a_new_verb() => Assert.Equal("greet\tSay hello\n", Run("complete", "--", "gre").Output);

    private static ToolRun Run(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int exitCode = KernelSimTool.Run(args, new ToolConsole(TextReader.Null, output, error), [.. CommandModules.All, new GreetCommand()]);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    private sealed class GreetCommand : ICommandModule
    {
        public CommandExample Example { get; } = new("kernelsim greet", "Prints hello.");

        public Command Build(ToolConsole console)
        {
            Command command = new("greet", "Say hello.");
            command.SetAction(_ =>
            {
                console.Out.WriteLine("hello");
                return ExitCode.Done;
            });
            return command;
        }
    }
}
