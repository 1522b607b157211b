using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Nt;

/// <summary><c>~</c>, <c>!cpu</c>, <c>!irql</c>: the processors.</summary>
internal sealed class CpuCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!cpu";

    public IReadOnlyList<string> Aliases => ["~", "!irql"];

    public string Arguments => "[N]";

    public string Summary => "Lists the processors: IRQL, the threads that are on them in the kernel, queued DPCs.";

    public IReadOnlyList<string> Details => ["Below DISPATCH_LEVEL any number of threads share a processor; its IRQL is the highest of theirs."];

    public void Run(CommandCall call)
    {
        uint? number = machines.ReadProcessor(call.Arguments, Name);
        call.Arguments.End();

        ThreadView[] threads = [.. machines.Current.Threads.Where(t => t.IsInKernel)];
        ResultTable table = call.Result.Table(
            new("cpu", ColumnKind.Number),
            new("irql", ColumnKind.Text),
            new("owner", ColumnKind.Number),
            new("threads", ColumnKind.Number),
            new("dpcs", ColumnKind.Number));
        call.Each(machines.Current.Processors.Where(p => number is null || p.Number == number), processor =>
        {
            ThreadView[] here = [.. threads.Where(t => t.Processor == processor.Number)];
            Irql irql = here.Select(t => t.Irql).DefaultIfEmpty(Irql.Passive).Max();
            table.Add(processor.Number, IrqlNames.NameOf(irql), processor.Owner == 0 ? null : processor.Owner, here.Length, processor.Dpcs.Count());
        });
    }
}
