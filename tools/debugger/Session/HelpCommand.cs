using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Session;

/// <summary><c>.help</c>: the commands, or one of them.</summary>
internal sealed class HelpCommand(Func<CommandTable> commands) : IDebuggerCommand
{
    public string Name => ".help";

    public IReadOnlyList<string> Aliases => ["?", "help"];

    public string Arguments => "[COMMAND]";

    public string Summary => "Lists the commands, or describes one.";

    public bool ReadsTarget => false;

    public void Run(CommandCall call)
    {
        string? name = call.Arguments.Word();
        call.Arguments.End();
        if (name is null)
        {
            ResultTable table = call.Result.Table(new("name", ColumnKind.Text), new("arguments", ColumnKind.Text), new("summary", ColumnKind.Text));
            foreach (IDebuggerCommand each in commands().All)
            {
                table.Add(each.Name, each.Arguments, each.Summary);
            }

            return;
        }

        IDebuggerCommand command = commands().Named(name) ?? throw commands().NoSuch(name);
        call.Result.Member(new("name", ColumnKind.Text), command.Name);
        call.Result.Member(new("arguments", ColumnKind.Text), command.Arguments);
        call.Result.Member(new("aliases", ColumnKind.Texts), command.Aliases);
        call.Result.Member(new("summary", ColumnKind.Text), command.Summary);
        call.Result.Member(new("details", ColumnKind.Text), string.Join(' ', command.Details));
    }
}
