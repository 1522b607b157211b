using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!rcdr</c>: the flight recorder.</summary>
internal sealed class RcdrCommand(RecorderReader records) : IDebuggerCommand
{
    private const uint DefaultCount = 100;

    public string Name => "!rcdr";

    public string Arguments => "[N]";

    public string Summary => "Lists the newest N records of the flight recorder, of all processors, oldest first; 100 by default.";

    public IReadOnlyList<string> Details =>
    [
        "They are in the order of their request ids; a record outside a request follows the newest request of its time.",
        "The sequence counts the records of one processor's ring. Threads take its slots 16 at a time, so numbers are missing where a thread left "
            + "some of its slots unused, and the oldest have been overwritten.",
        "There are records of calls, control requests with what they copied, refusals, faults, processes, drivers and bugchecks.",
        "Those of one request are what !request N shows.",
    ];

    public void Run(CommandCall call)
    {
        uint count = call.Arguments.Number("how many records") ?? DefaultCount;
        call.Arguments.End();
        FlightRows.Add(call, CommandResult.Rows, records.Read(call, (int)Math.Min(count, int.MaxValue)));
    }
}
