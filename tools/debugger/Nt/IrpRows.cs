using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary>Requests as rows.</summary>
/// <param name="memory">Where their system buffers are.</param>
internal sealed class IrpRows(IMemoryAccess memory)
{
    private static readonly Column[] s_columns =
    [
        new("address", ColumnKind.Pointer),
        new("pid", ColumnKind.Number),
        new("operation", ColumnKind.Text),
        new("request", ColumnKind.Number),
        new("pending", ColumnKind.Flag),
        new("device", ColumnKind.Text),
        new("input_length", ColumnKind.Number),
        new("output_length", ColumnKind.Number),
    ];

    /// <summary>Adds the requests of some processes.</summary>
    public void Add(CommandCall call, string name, IEnumerable<ProcessView> processes, Func<IrpView, bool> isWanted)
    {
        ResultTable table = call.Result.NamedTable(name, s_columns);
        call.Each(processes, process => call.Each(process.Requests.Where(isWanted), irp => Add(table, irp)));
    }

    /// <summary>Adds one request in full.</summary>
    public void AddOne(CommandCall call, IrpView irp)
    {
        call.Result.Member(new("major", ColumnKind.Text), irp.MajorFunction);
        call.Result.Member(new("control_code", ColumnKind.Text), irp.ControlCode);
        call.Result.Member(new("state", ColumnKind.Texts), irp.Flags);
        call.Result.Member(new("cancel_routine", ColumnKind.Text), irp.CancelRoutine);
        call.Result.Member(new("system_buffer", ColumnKind.Pointer), memory.Kernel.AddressOf(irp.SystemBuffer));
        call.Result.Member(new("output", ColumnKind.Pointer), irp.OutputAddress);
        ResultTable table = call.Result.Table(s_columns);
        Add(table, irp);
    }

    private void Add(ResultTable table, IrpView irp) => table.Add(
        irp.Object.Address,
        irp.ProcessId,
        OperationNames.Of(irp, memory.Kernel),
        irp.RequestId,
        irp.IsPending,
        irp.File?.Device?.Name,
        irp.InputLength,
        irp.OutputLength);
}
