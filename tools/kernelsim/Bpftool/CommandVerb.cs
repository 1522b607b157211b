using System.CommandLine;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpftool;

/// <summary>
/// A command of bpftool's as a verb of the tool, for its help and its completion. It reads its words itself, so that they are never parsed here.
/// </summary>
/// <param name="noun">The noun that it belongs to.</param>
/// <param name="row">The command.</param>
internal sealed class CommandVerb(string noun, CommandRow row) : ICommandModule
{
    private readonly Option<bool> _pins = new("--bpffs", "-f") { Description = "Show where objects are pinned." };
    private readonly ServerOption _server = new("The server whose machine is meant.");
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(row.Example, row.Summary);

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new(row.Name, row.Summary);
        if (row.Words.Length > 0)
        {
            command.Arguments.Add(new Argument<string[]>("WORDS")
            {
                Description = $"{row.Words}, with bpftool's keywords: 'kernelsim {noun} help' lists them.",
                HelpName = "WORDS",
                Arity = ArgumentArity.ZeroOrMore,
            });
        }

        foreach (OptionOfVerb option in row.Options)
        {
            command.Options.Add(option.Build());
        }

        _server.AddTo(command);
        command.Options.Add(_pins);
        _output.AddTo(command);
        return command;
    }
}
