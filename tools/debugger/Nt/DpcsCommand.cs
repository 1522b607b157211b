using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!dpcs</c>: queued DPCs.</summary>
internal sealed class DpcsCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!dpcs";

    public string Arguments => "";

    public string Summary => "Lists the DPCs that are queued to processors.";

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("cpu", ColumnKind.Number),
            new("routine", ColumnKind.Text),
            new("request", ColumnKind.Number),
            new("address", ColumnKind.Pointer));
        call.Each(machines.Current.Processors, processor => call.Each(processor.Dpcs, dpc =>
            table.Add(processor.Number, dpc.Routine, dpc.RequestId, dpc.Object.Address)));
    }
}
