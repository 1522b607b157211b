using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Nt;

namespace KernelSim.Debugger;

/// <summary>The commands of the debugger: one row each, in the order of the help.</summary>
internal static class DebuggerCommands
{
    /// <summary>Makes the commands of a session.</summary>
    /// <param name="session">What they work on.</param>
    /// <param name="hint">The end of a complaint about an unknown name.</param>
    public static CommandTable For(DebugSession session, Func<string, IEnumerable<string>, string>? hint = null)
    {
        IrpRows irps = new(session);
        return new CommandTable(
            [
                new MachineCommand(session),
                new ProcessCommand(session, irps),
                new HandleCommand(session),
                new IrpCommand(session, session, irps),
                new PoolUsedCommand(session),
            ],
            hint);
    }
}
