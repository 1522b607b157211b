using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary>Handles as rows.</summary>
internal static class HandleRows
{
    public static void Add(CommandCall call, string name, IEnumerable<ProcessView> processes)
    {
        ResultTable table = call.Result.NamedTable(
            name,
            new("pid", ColumnKind.Number),
            new("handle", ColumnKind.Number),
            new("type", ColumnKind.Text),
            new("object_id", ColumnKind.Number),
            new("object", ColumnKind.Text),
            new("device", ColumnKind.Text),
            new("handles", ColumnKind.Number),
            new("references", ColumnKind.Number));
        call.Each(processes, process => call.Each(process.Handles, handle =>
        {
            ObjectView target = handle.Object;
            EbpfObjectView? ebpf = EbpfObjectView.From(target.FsContext);
            table.Add(
                process.Id,
                handle.Handle,
                ebpf?.Type.ToString() ?? target.TypeName,
                ebpf?.Id,
                $"0x{target.Object.Address:x} {target.TypeName}",
                target.Device?.Name,
                target.Handles,
                target.References);
        }));
    }
}
