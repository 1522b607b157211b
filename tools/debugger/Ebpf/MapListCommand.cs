using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Stores;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!maps</c>: the maps of the eBPF driver.</summary>
internal sealed class MapListCommand(EbpfDriver driver, IMemoryAccess memory) : IDebuggerCommand
{
    public string Name => "!maps";

    public string Arguments => "";

    public string Summary => "Lists the maps, with what they hold now.";

    public IReadOnlyList<string> Details =>
    [
        "The entries are counted in the store itself: elements, slots that hold an object, or unread records.",
        "The value size is one CPU's. The references are those of handles, pins, programs and maps that hold the map.",
    ];

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        CoreView core = driver.Core;
        PinView[] pins = [.. core.Pins];
        ResultTable table = call.Result.Table(
            new("id", ColumnKind.Number),
            new("type", ColumnKind.Text),
            new("name", ColumnKind.Text),
            new("key_size", ColumnKind.ByteCount),
            new("value_size", ColumnKind.ByteCount),
            new("max_entries", ColumnKind.Number),
            new("entries", ColumnKind.Number),
            new("references", ColumnKind.Number),
            new("pinned", ColumnKind.Texts));
        call.Each(core.Maps, map =>
        {
            Damage damage = new();
            long entries = MapStores.Of(memory.Kernel, map).Count(damage);
            damage.Tell(line => call.Result.Note($"map {map.Id}: {line}"));
            table.Add(
                map.Id, map.TypeName, map.Name, map.KeySize, map.ValueSize, map.MaxEntries, entries, map.Object.References,
                EbpfDriver.PathsOf(pins, map.Id));
        });
    }
}
