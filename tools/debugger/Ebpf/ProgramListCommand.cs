using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!progs</c>: the programs of the eBPF driver.</summary>
internal sealed class ProgramListCommand(EbpfDriver driver) : IDebuggerCommand
{
    public string Name => "!progs";

    public string Arguments => "";

    public string Summary => "Lists the programs.";

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        CoreView core = driver.Core;
        PinView[] pins = [.. core.Pins];
        ResultTable table = call.Result.Table(
            new("id", ColumnKind.Number),
            new("name", ColumnKind.Text),
            new("type", ColumnKind.Text),
            new("code", ColumnKind.Text),
            new("links", ColumnKind.Number),
            new("maps", ColumnKind.Number),
            new("references", ColumnKind.Number),
            new("pinned", ColumnKind.Texts));
        call.Each(core.Programs, program => table.Add(
            program.Id,
            program.Name,
            program.TypeName,
            program.CodeType.ToString(),
            program.LinkCount,
            program.Maps.Count(),
            program.Object.References,
            EbpfDriver.PathsOf(pins, program.Id)));
    }
}
