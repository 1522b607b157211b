using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!irp</c>: outstanding requests, or one of them.</summary>
internal sealed class IrpCommand(IMachineAccess machines, ITargetAccess target, IrpRows irps) : IDebuggerCommand
{
    public string Name => "!irp";

    public string Arguments => "[ADDRESS]";

    public string Summary => "Lists the outstanding requests of all processes, or shows one in full.";

    public void Run(CommandCall call)
    {
        ulong? address = call.Arguments.Address();
        call.Arguments.End();
        if (address is null)
        {
            irps.Add(call, CommandResult.Rows, machines.Current.Processes, _ => true);
            return;
        }

        IrpView irp = target.Target.ObjectAt(address.Value) is { } found && found.Is(IrpView.TypeName)
            ? new IrpView(found)
            : throw new CommandException($"{Name}: 0x{address:x} given, expected the address of an IRP, as !irp lists them");
        irps.AddOne(call, irp);
    }
}
