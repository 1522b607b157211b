using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!irpfind</c>: outstanding requests by what they ask for.</summary>
internal sealed class IrpFindCommand(IMachineAccess machines, IMemoryAccess memory, IrpRows irps) : IDebuggerCommand
{
    public string Name => "!irpfind";

    public string Arguments => "[TEXT]";

    public string Summary => "Lists the outstanding requests whose operation, device or process id is, or contains, a text.";

    public void Run(CommandCall call)
    {
        string? text = call.Arguments.Word();
        call.Arguments.End();
        irps.Add(call, CommandResult.Rows, machines.Current.Processes, irp => text is null || Fits(irp, text));
    }

    private bool Fits(IrpView irp, string text) =>
        irp.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture) == text
        || OperationNames.Of(irp, memory.Kernel).Contains(text, StringComparison.OrdinalIgnoreCase)
        || irp.File?.Device?.Name.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
