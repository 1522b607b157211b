using System.Text;
using KernelSim.Debugger.Clr;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Memory;
using KernelSim.Debugger.Nt;
using KernelSim.Debugger.Session;

namespace KernelSim.Debugger;

/// <summary>The commands of the debugger: one row each, in the order of the help.</summary>
internal static class DebuggerCommands
{
    /// <summary>Makes the commands of a session.</summary>
    /// <param name="session">What they work on.</param>
    /// <param name="log">The session's log; null where there can be none.</param>
    /// <param name="trace">The trace that belongs to the target; null if there is none.</param>
    /// <param name="hint">The end of a complaint about an unknown name.</param>
    public static CommandTable For(
        DebugSession session, ISessionLog? log = null, ITraceAccess? trace = null, Func<string, IEnumerable<string>, string>? hint = null)
    {
        log ??= new NoLog();
        trace ??= new WithoutTrace();
        IrpRows irps = new(session);
        CommandTable? table = null;
        return table = new CommandTable(
            [
                new MachineCommand(session),
                new ProcessCommand(session, irps),
                new HandleCommand(session),
                new ObjectCommand(session, session),
                new DriverCommand(session),
                new DeviceCommand(session),
                new IrpCommand(session, session, irps),
                new IrpFindCommand(session, session, irps),
                new IoctlDecodeCommand(),
                new PoolCommand(session, session, session),
                new PoolUsedCommand(session, session, session),
                new PoolFindCommand(session, session, session),
                new VadCommand(session),
                new AddressCommand(session, session, session),
                new CpuCommand(session),
                new RunningCommand(session),
                new LocksCommand(session),
                new DpcsCommand(session),
                new TimerCommand(session),
                new ModulesCommand(session),
                new BugcheckCommand(session),
                .. EbpfCommands.Of(session, trace, irps),
                new StackCommand(session, session),
                new DisplayCommand(session, 'b', 1, "bytes"),
                new DisplayCommand(session, 'w', 2, "numbers of 16 bits"),
                new DisplayCommand(session, 'd', 4, "numbers of 32 bits"),
                new DisplayCommand(session, 'q', 8, "numbers of 64 bits"),
                new DisplayTextCommand(session, 'a', Encoding.Latin1, 1),
                new DisplayTextCommand(session, 'u', Encoding.Unicode, 2),
                new DisplayPointersCommand(session, session),
                new DisplayTypeCommand(session, session),
                new ClrStackCommand(session),
                new DumpHeapCommand(session),
                new DumpObjCommand(session),
                new GcRootCommand(session),
                new LogOpenCommand(log),
                new LogCloseCommand(log),
                new HelpCommand(() => table!),
            ],
            hint);
    }
}
