using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Session;

/// <summary><c>.help</c>: the commands, or one of them.</summary>
internal sealed class HelpCommand(Func<CommandTable> commands) : IDebuggerCommand
{
    private const string QuitSummary = "Ends the session.";

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

            table.Add(CommandTable.Quit, "", QuitSummary);
            return;
        }

        if (CommandTable.IsQuit(name))
        {
            Describe(call.Result, CommandTable.Quit, "", CommandTable.OtherQuits, QuitSummary, []);
            return;
        }

        IDebuggerCommand command = commands().Named(name) ?? throw commands().NoSuch(name);
        Describe(call.Result, command.Name, command.Arguments, command.Aliases, command.Summary, command.Details);
    }

    private static void Describe(
        CommandResult result, string name, string arguments, IReadOnlyList<string> aliases, string summary, IReadOnlyList<string> details)
    {
        result.Member(new("name", ColumnKind.Text), name);
        result.Member(new("arguments", ColumnKind.Text), arguments);
        result.Member(new("aliases", ColumnKind.Texts), aliases);
        result.Member(new("summary", ColumnKind.Text), summary);
        result.Member(new("details", ColumnKind.Text), string.Join(' ', details));
    }
}
