using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Session;

/// <summary><c>.logclose</c>: ends the log.</summary>
internal sealed class LogCloseCommand(ISessionLog log) : IDebuggerCommand
{
    public string Name => ".logclose";

    public string Arguments => "";

    public string Summary => "Ends the log that .logopen began.";

    public bool ReadsTarget => false;

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        string path = log.Path ?? throw new CommandException($"{Name} given, expected it after .logopen: no log is open");
        log.Close();
        call.Result.Member(new("closed", ColumnKind.Text), path);
    }
}
