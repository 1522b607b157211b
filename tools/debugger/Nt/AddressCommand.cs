using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!address</c>: what an address is.</summary>
internal sealed class AddressCommand(IMachineAccess machines, ITargetAccess target, IMemoryAccess memory) : IDebuggerCommand
{
    public string Name => "!address";

    public string Arguments => "ADDRESS";

    public string Summary => "Says what is at an address: pool, a section, a process's memory, an object of the runtime.";

    public void Run(CommandCall call)
    {
        ulong address = call.Arguments.RequiredAddress();
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("start", ColumnKind.Pointer),
            new("end", ColumnKind.Pointer),
            new("kind", ColumnKind.Text),
            new("owner", ColumnKind.Text),
            new("pid", ColumnKind.Number));
        call.Each(machines.Current.Sections.Where(s => s.Range.Contains(address)), section =>
            table.Add(section.Range.Address, section.Range.End, "section", section.Tag.ToString(), null));
        if (table.Rows.Count == 0 && memory.Kernel.RangeAt(address) is { } range)
        {
            PoolBlock? block = new PoolWalk(target.Target, memory.Kernel).BlockAt(address, call.Result.Note);
            table.Add(
                block?.Address ?? range.Address,
                block is { } b ? b.Address + b.Bytes : range.End,
                block is null ? "pool" : block.Value.IsFreed ? "freed pool block" : "pool block",
                block is { } owned ? $"{owned.Tag} of {new PoolOwners(call, machines.Current).Of(owned.Tag)}" : null,
                null);
        }

        call.Each(machines.Current.Processes, process =>
        {
            if (process.Memory.RegionAt(address) is { } region)
            {
                table.Add(region.Range.Address, region.Range.End, $"user {VadCommand.KindOf(region)}", VadCommand.ProtectionOf(region), process.Id);
            }
        });
        if (target.Target.ObjectAt(address) is { } found)
        {
            table.Add(address, null, "object", found.TypeName, null);
        }

        if (table.Rows.Count == 0)
        {
            throw new CommandException($"{Name}: 0x{address:x} given, expected an address of the machine or of an object: nothing is there");
        }
    }
}
