using KernelSim.Debugger.Analysis;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Ebpf;
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
        trace ??= new NoTrace();
        IrpRows irps = new(session);
        EbpfDriver driver = new(session);
        FlightRecords records = new(session, session);
        CommandTable? table = null;
        return table = new CommandTable(
            [
                new MachineCommand(session),
                new ProcessCommand(session, irps),
                new HandleCommand(session),
                new IrpCommand(session, session, irps),
                new PoolUsedCommand(session),
                new MapsCommand(driver, session),
                new MapCommand(driver, session),
                new PerCpuCommand(driver, session),
                new RingCommand(driver, session),
                new ProgsCommand(driver),
                new ProgCommand(driver),
                new LinksCommand(driver),
                new PinsCommand(driver),
                new EpochCommand(driver, session),
                new RcdrCommand(records),
                new RequestCommand(session, records, trace, irps),
                new AnalyzeCommand(session, session, trace, irps),
                new LogOpenCommand(log),
                new LogCloseCommand(log),
                new HelpCommand(() => table!),
            ],
            hint);
    }
}
