using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Ebpf;

/// <summary>Records of the flight recorder as rows.</summary>
internal static class FlightRows
{
    public static void Add(CommandCall call, string name, IEnumerable<FlightEntry> entries)
    {
        ResultTable table = call.Result.NamedTable(
            name,
            new("sequence", ColumnKind.Number),
            new("processor", ColumnKind.Number),
            new("kind", ColumnKind.Text),
            new("request", ColumnKind.Number),
            new("text", ColumnKind.Text));
        foreach (FlightEntry entry in entries)
        {
            table.Add(entry.Sequence, entry.Processor, entry.Name, entry.Request, entry.Text);
        }
    }
}
