using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!prog</c>: a program in full.</summary>
internal sealed class ProgramCommand(EbpfDriver driver) : IDebuggerCommand
{
    public string Name => "!prog";

    public string Arguments => "ID";

    public string Summary => "Shows a program: where its code comes from, its links, and the maps that it uses.";

    public void Run(CommandCall call)
    {
        uint id = call.Arguments.RequiredNumber("the id of a program");
        call.Arguments.End();
        ProgramView program = driver.Program(Name, id);
        CoreView core = driver.Core;
        Add(call.Result, program, [.. core.Pins]);
        ResultTable maps = call.Result.Table(
            new("id", ColumnKind.Number), new("type", ColumnKind.Text), new("name", ColumnKind.Text));
        call.Each(program.Maps, map => maps.Add(map.Id, map.TypeName, map.Name));
        ResultTable links = call.Result.NamedTable("links", LinksCommand.Columns);
        call.Each(core.Links.Where(l => l.Program?.Id == id), link => LinksCommand.Add(links, link));
    }

    private static void Add(CommandResult result, ProgramView program, IReadOnlyList<PinView> pins)
    {
        result.Member(new("id", ColumnKind.Number), program.Id);
        result.Member(new("name", ColumnKind.Text), program.Name);
        result.Member(new("type", ColumnKind.Text), program.TypeName);
        result.Member(new("section", ColumnKind.Text), program.SectionName);
        result.Member(new("file", ColumnKind.Text), program.FileName);
        result.Member(new("code", ColumnKind.Text), program.CodeType.ToString());
        result.Member(new("module", ColumnKind.Text), program.Module?.Path);
        result.Member(new("helpers", ColumnKind.Number), program.HelperCount);
        result.Member(new("provider_attached", ColumnKind.Flag), program.HasProvider);
        result.Member(new("references", ColumnKind.Number), program.Object.References);
        result.Member(new("pinned", ColumnKind.Texts), EbpfDriver.PathsOf(pins, program.Id));
    }
}
