using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!poolused</c>: pool in use by tag.</summary>
internal sealed class PoolUsedCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!poolused";

    public string Arguments => "[TAG]";

    public string Summary => "Lists the tags that have pool in use, with their blocks and bytes.";

    public void Run(CommandCall call)
    {
        string? tag = call.Arguments.Word();
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("tag", ColumnKind.Text), new("blocks", ColumnKind.Number), new("bytes", ColumnKind.ByteCount));
        foreach (PoolUse use in machines.Current.Pool.ReadUse().Where(u => tag is null || u.Tag.ToString() == tag))
        {
            table.Add(use.Tag, use.Blocks, use.Bytes);
        }
    }
}
