using System.CommandLine;
using System.CommandLine.Completions;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Completion;

/// <summary>
/// <c>complete -- WORD...</c>, for the scripts of <c>completion</c>: prints the words that can stand for the last one, a line each, with a tab
/// and what it means where that is known. Not shown in the help.
/// </summary>
internal static class CompleteCommand
{
    /// <summary>The verb.</summary>
    /// <param name="console">Where to print.</param>
    /// <param name="root">The tool, whose words are completed.</param>
    public static Command Build(ToolConsole console, Command root)
    {
        Argument<string[]> words = new("WORD")
        {
            Description = "After --: the words after the tool's name, the last one to be completed.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new("complete", "Print the words that can stand at the end of a command line.") { words };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            foreach (CompletionItem item in new CompletionQuery(root).Answer(parsed.GetValue(words) ?? []))
            {
                console.Out.WriteLine(item.Detail is { Length: > 0 } detail ? $"{item.Label}\t{detail}" : item.Label);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
