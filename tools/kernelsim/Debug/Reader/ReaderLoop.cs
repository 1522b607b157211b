using KernelSim.Debugger;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Debug.Reader;

/// <summary>The other side of <see cref="DumpReader"/>: a command on each line of input, an answer on each line of output.</summary>
internal static class ReaderLoop
{
    public static int Run(ToolConsole console, DebugSession session, ITraceAccess? trace)
    {
        CommandTable commands = DebuggerCommands.For(session, log: null, trace, NearestWords.Hint);
        while (console.In.ReadLine() is { } line)
        {
            CommandResult result = session.Run(line, commands) is [CommandResult only] ? only : new CommandResult(line);
            console.Out.WriteLine(Text(result));
            console.Out.Flush();
        }

        return ExitCode.Done;
    }

    private static string Text(CommandResult result)
    {
        try
        {
            return JsonText.Of(OutputFormat.Json, json => ResultWire.Write(json, result));
        }
        catch (Exception unwritable) when (unwritable is ArgumentException or InvalidOperationException)
        {
            result.Fail($"'{result.Command}' cannot be answered: what it found is no text");
            return JsonText.Of(OutputFormat.Json, json => ResultWire.Write(json, result));
        }
    }
}
