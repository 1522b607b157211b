using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!links</c>: the links of the eBPF driver.</summary>
internal sealed class LinksCommand(EbpfDriver driver) : IDebuggerCommand
{
    /// <summary>The columns of links.</summary>
    public static readonly Column[] Columns =
    [
        new("id", ColumnKind.Number),
        new("program", ColumnKind.Number),
        new("attach_type", ColumnKind.Text),
        new("state", ColumnKind.Text),
        new("hook_attached", ColumnKind.Flag),
        new("references", ColumnKind.Number),
    ];

    public string Name => "!links";

    public string Arguments => "";

    public string Summary => "Lists the links between programs and hooks.";

    public IReadOnlyList<string> Details =>
    [
        "A link stays attached while the driver of its hook is unloaded; hook_attached says whether it is there.",
    ];

    /// <summary>Adds a link.</summary>
    public static void Add(ResultTable table, LinkView link) =>
        table.Add(link.Id, link.Program?.Id, link.AttachTypeName, link.State.ToString(), link.HasProvider, link.Object.References);

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        ResultTable table = call.Result.Table(Columns);
        call.Each(driver.Core.Links, link => Add(table, link));
    }
}
