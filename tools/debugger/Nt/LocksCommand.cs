using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!locks</c>: spin locks that are held.</summary>
internal sealed class LocksCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!locks";

    public string Arguments => "";

    public string Summary => "Lists the threads that hold spin locks, with the ranks of the locks where the machine checks their order.";

    public IReadOnlyList<string> Details =>
        ["A machine checks the order of locks in Debug builds and in tests. Ranks of drivers are shown by number."];

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("cpu", ColumnKind.Number),
            new("thread", ColumnKind.Number),
            new("irql", ColumnKind.Text),
            new("locks", ColumnKind.Number),
            new("ranks", ColumnKind.Texts),
            new("request", ColumnKind.Number));
        call.Each(machines.Current.Threads.Where(t => t.IsInKernel && t.HeldLocks != 0), thread =>
            table.Add(thread.Processor, thread.Id, thread.Irql.ToString(), thread.HeldLocks, RanksOf(thread).ToArray(), thread.RequestId));
    }

    private static IEnumerable<string> RanksOf(ThreadView thread) =>
        from number in Enumerable.Range(1, 63)
        where (thread.HeldRanks >> number & 1) != 0
        let known = LockRank.OfSystem.FirstOrDefault(r => r.Number == number)
        select known == LockRank.None ? $"rank {number}" : known.Name;
}
