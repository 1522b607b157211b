using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!poolused</c>: pool in use by tag.</summary>
internal sealed class PoolUsedCommand(IMachineAccess machines, ITargetAccess target, IMemoryAccess memory) : IDebuggerCommand
{
    public string Name => "!poolused";

    public string Arguments => "[TAG]";

    public string Summary => "Lists the tags that have pool in use, with their owners, blocks and bytes.";

    public IReadOnlyList<string> Details =>
    [
        "The owner is the driver whose code was the first to allocate under the tag.",
        "Blocks and bytes are what pool counts. !poolfind finds the blocks.",
    ];

    public void Run(CommandCall call)
    {
        string? tag = call.Arguments.Word();
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("tag", ColumnKind.Text), new("owner", ColumnKind.Text), new("blocks", ColumnKind.Number), new("bytes", ColumnKind.ByteCount));
        PoolOwners owners = new(call, machines.Current);
        foreach (PoolUse use in machines.Current.Pool.ReadUse().Where(u => tag is null || u.Tag.ToString() == tag))
        {
            table.Add(use.Tag, owners.Of(use.Tag), use.Blocks, use.Bytes);
            if (!use.IsPossible)
            {
                Doubt(call, use);
            }
        }
    }

    /// <summary>Says what the headers of the blocks say where the counts cannot be right.</summary>
    private void Doubt(CommandCall call, PoolUse use)
    {
        (long blocks, decimal bytes) = (0, 0);
        foreach (PoolBlock block in new PoolWalk(target.Target, memory.Kernel).Blocks(call.Result.Note).Where(b => !b.IsFreed && b.Tag == use.Tag))
        {
            blocks++;
            bytes += block.Bytes;
        }

        call.Result.Note(
            $"the counts of tag '{use.Tag}' are damaged: {use.Blocks} blocks cannot have {use.Bytes} bytes; the headers in pool give "
            + $"{blocks} blocks of {bytes} bytes");
    }
}
