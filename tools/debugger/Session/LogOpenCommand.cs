using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Session;

/// <summary><c>.logopen</c>: keeps a log of the session.</summary>
internal sealed class LogOpenCommand(ISessionLog log) : IDebuggerCommand
{
    public string Name => ".logopen";

    public string Arguments => "FILE";

    public string Summary => "From now on, also writes commands and results to a file, which is overwritten.";

    public bool ReadsTarget => false;

    public void Run(CommandCall call)
    {
        string path = call.Arguments.Word("a file to write the log to");
        call.Arguments.End();
        log.Open(path);
        call.Result.Member(new("log", ColumnKind.Text), log.Path);
    }
}
