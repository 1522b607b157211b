using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary>Pool blocks as rows.</summary>
internal static class PoolRows
{
    public static void Add(CommandCall call, MachineView machine, IEnumerable<PoolBlock> blocks, uint most)
    {
        PoolOwners owners = new(call, machine);
        ResultTable table = call.Result.Table(
            new("address", ColumnKind.Pointer),
            new("tag", ColumnKind.Text),
            new("owner", ColumnKind.Text),
            new("bytes", ColumnKind.ByteCount),
            new("room", ColumnKind.ByteCount),
            new("freed", ColumnKind.Flag));
        foreach (PoolBlock block in blocks)
        {
            if (table.Rows.Count == most)
            {
                call.Result.Note($"there are more than {most} blocks; a number after the tag shows more");
                break;
            }

            table.Add(block.Address, block.Tag, owners.Of(block.Tag), block.IsFreed ? null : block.Bytes, block.Room, block.IsFreed);
        }
    }
}
