using KernelSim.Debugger.Analysis;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Ebpf;
using KernelSim.Debugger.Nt;

namespace KernelSim.Debugger;

/// <summary>The commands of the eBPF driver, of the flight recorder, and the analysis: one row each, in the order of the help.</summary>
internal static class EbpfCommands
{
    public static IReadOnlyList<IDebuggerCommand> Of(DebugSession session, ITraceAccess trace, IrpRows irps)
    {
        EbpfDriver driver = new(session);
        RecorderReader records = new(session, session);
        return
        [
            new MapListCommand(driver, session),
            new MapCommand(driver, session),
            new PerCpuCommand(driver, session),
            new RingCommand(driver, session),
            new ProgramListCommand(driver),
            new ProgramCommand(driver),
            new LinksCommand(driver),
            new PinsCommand(driver),
            new EpochCommand(driver, session),
            new RcdrCommand(records),
            new RequestCommand(session, records, trace, irps),
            new AnalyzeCommand(session, session, trace, irps),
        ];
    }
}
