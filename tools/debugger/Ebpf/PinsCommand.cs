using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!pins</c>: the pinned objects.</summary>
internal sealed class PinsCommand(EbpfDriver driver) : IDebuggerCommand
{
    public string Name => "!pins";

    public string Arguments => "";

    public string Summary => "Lists the pin paths and the objects at them.";

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("path", ColumnKind.Text), new("id", ColumnKind.Number), new("type", ColumnKind.Text));
        call.Each(driver.Core.Pins, pin => table.Add(pin.Path, pin.Object.Id, ObjectTypeNames.Of(pin.Object.Type)));
    }
}
