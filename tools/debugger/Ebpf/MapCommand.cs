using System.Globalization;
using System.Runtime.InteropServices;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Stores;
using KernelSim.Debugger.Structures;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!map</c>: the elements of a map.</summary>
internal sealed class MapCommand(EbpfDriver driver, IMemoryAccess memory) : IDebuggerCommand
{
    private const int DefaultCount = 1 << 17;

    public string Name => "!map";

    public string Arguments => "ID [COUNT]";

    public string Summary => "Lists the elements of a map, read from its store.";

    public IReadOnlyList<string> Details =>
    [
        "A per-CPU map has a value for each CPU, without the padding, which !percpu shows. A map of maps or programs has ids.",
        "Of a ring buffer it lists the unread records; !ring shows more.",
    ];

    public void Run(CommandCall call)
    {
        uint id = call.Arguments.RequiredNumber("the id of a map");
        uint most = call.Arguments.Number("how many elements") ?? DefaultCount;
        call.Arguments.End();
        MapView map = driver.Map(Name, id);
        bool isPerCpu = map.IsPerCpu;
        bool holdsObjects = MapTypeTable.Find(map.Type)?.Contents is MapContents.Maps or MapContents.Programs;
        ResultTable table = call.Result.Table(
        [
            new("key", ColumnKind.Bytes),
            isPerCpu ? new("values", ColumnKind.ByteRuns) : new("value", ColumnKind.Bytes),
            .. holdsObjects ? [new Column("object", ColumnKind.Text)] : Array.Empty<Column>(),
        ]);
        Damage damage = new();
        ElementSlots slots = new(map);
        bool isCut = false;
        call.Each(MapStores.Of(memory.Kernel, map).Elements(damage).TakeWhile(_ => !(isCut = table.Rows.Count >= most)), element =>
        {
            object value = isPerCpu ? slots.Values(element).ToArray() : element.Value;
            table.Add(holdsObjects ? [element.Key, value, Describe(element.Value)] : [element.Key, value]);
        });
        damage.Tell(call.Result.Note);
        if (isCut)
        {
            call.Result.Note(string.Create(CultureInfo.InvariantCulture, $"the first {most} elements; !map {id} COUNT shows more"));
        }
    }

    private string Describe(byte[] value)
    {
        uint id = MemoryMarshal.Read<uint>(value);
        EbpfObjectView? found = driver.Core.Objects.FirstOrDefault(o => o.Id == id);
        return found is null ? "no longer referenced" : $"{ObjectTypeNames.Of(found.Type)} {id}";
    }
}
