using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Stores;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!percpu</c>: an element of a per-CPU map, slot by slot.</summary>
internal sealed class PerCpuCommand(EbpfDriver driver, IMemoryAccess memory) : IDebuggerCommand
{
    public string Name => "!percpu";

    public string Arguments => "ID KEY";

    public string Summary => "Shows the value of each CPU of an element, and the padding after it.";

    public IReadOnlyList<string> Details => ["KEY is the key's bytes in hex, in memory order: !percpu 5 35000000 or !percpu 5 35 00 00 00."];

    public void Run(CommandCall call)
    {
        uint id = call.Arguments.RequiredNumber("the id of a per-CPU map");
        MapView map = driver.Map(Name, id);
        if (!map.IsPerCpu)
        {
            throw new CommandException($"{Name}: map {id}, a {map.TypeName}, given, expected a per-CPU map");
        }

        byte[] key = KeyBytesText.Read(call.Arguments, Name, map);
        Damage damage = new();
        MapElement[] found = [.. MapStores.Of(memory.Kernel, map).Elements(damage).Where(e => e.Key!.AsSpan().SequenceEqual(key)).Take(1)];
        if (found is not [MapElement element])
        {
            throw new CommandException($"{Name}: key {Convert.ToHexStringLower(key)} given, expected one that map {id} has: !map {id} lists them");
        }

        damage.Tell(call.Result.Note);
        ElementSlots slots = new(map);
        ResultTable table = call.Result.Table(
            new("cpu", ColumnKind.Number), new("value", ColumnKind.Bytes), new("padding", ColumnKind.Bytes));
        foreach (byte[] value in slots.Values(element))
        {
            int cpu = table.Rows.Count;
            table.Add(cpu, value, slots.Padding(element, cpu));
        }
    }
}
