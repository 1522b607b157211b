using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Nt;

/// <summary>Threads in the kernel as rows.</summary>
internal static class ThreadRows
{
    public static void Add(CommandCall call, MachineView machine, string name, Func<ThreadView, bool> isWanted)
    {
        ResultTable table = call.Result.NamedTable(
            name,
            new("cpu", ColumnKind.Number),
            new("thread", ColumnKind.Number),
            new("host_thread", ColumnKind.Number),
            new("irql", ColumnKind.Text),
            new("pid", ColumnKind.Number),
            new("image", ColumnKind.Text),
            new("request", ColumnKind.Number),
            new("locks", ColumnKind.Number));
        call.Each(machine.Threads.Where(isWanted).OrderBy(t => t.Processor).ThenBy(t => t.Id), thread =>
        {
            ProcessView? process = thread.Process;
            table.Add(
                thread.Processor, thread.Id, thread.HostId, IrqlNames.NameOf(thread.Irql), process?.Id, process?.Name ?? "system", thread.RequestId,
                thread.HeldLocks);
        });
    }
}
