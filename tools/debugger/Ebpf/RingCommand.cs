using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Stores;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!ring</c>: the rings of a ring buffer or a perf event array.</summary>
internal sealed class RingCommand(EbpfDriver driver, IMemoryAccess memory) : IDebuggerCommand
{
    public string Name => "!ring";

    public string Arguments => "ID";

    public string Summary => "Shows the rings of a ring buffer or perf event array: producer and consumer offsets, waiters, unread records.";

    public IReadOnlyList<string> Details =>
    [
        "The reader's offset is in memory that the reader writes: any number. lost counts records that did not fit.",
    ];

    public void Run(CommandCall call)
    {
        uint id = call.Arguments.RequiredNumber("the id of a ring buffer or a perf event array");
        call.Arguments.End();
        MapView map = driver.Map(Name, id);
        RingView[] rings = [.. RingView.Of(map)];
        if (rings.Length == 0)
        {
            throw new CommandException($"{Name}: map {id}, a {map.TypeName}, given, expected a ringbuf or a perf_event_array");
        }

        ResultTable table = call.Result.Table(
            new("ring", ColumnKind.Number),
            new("capacity", ColumnKind.ByteCount),
            new("consumer", ColumnKind.Number),
            new("producer", ColumnKind.Number),
            new("lost", ColumnKind.Number),
            new("waiting_request", ColumnKind.Number));
        ResultTable records = call.Result.NamedTable(
            "records",
            new("ring", ColumnKind.Number), new("offset", ColumnKind.Number), new("state", ColumnKind.Text), new("data", ColumnKind.Bytes));
        Damage damage = new();
        call.Each(rings, ring =>
        {
            RingReader reader = new(memory.Kernel, ring);
            table.Add(ring.Index, ring.Capacity, reader.Consumer, reader.Producer, reader.Lost, ring.Waiting?.RequestId);
            foreach (RingRecordView record in reader.Records(damage))
            {
                records.Add(record.Ring, record.Offset, record.State, record.Data);
            }
        });
        damage.Tell(call.Result.Note);
    }
}
