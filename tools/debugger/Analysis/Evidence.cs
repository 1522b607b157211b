using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Nt;
using KernelSim.Debugger.Stores;
using KernelSim.Debugger.Structures;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Analysis;

/// <summary>What the target and the trace say, each read once. What cannot be read counts as nothing, with a note.</summary>
internal sealed class Evidence
{
    private readonly IMemoryAccess _memory;

    public Evidence(CommandCall call, IMachineAccess machines, IMemoryAccess memory, ITraceAccess trace)
    {
        _memory = memory;
        Call = call;
        Machine = machines.Current;
        Trace = trace;
        Records = Read<FlightEntry>(() => new FlightView(Machine).Read(memory.Kernel, int.MaxValue, call.Result.Note));
        Ended = Read(() => Machine.EndedProcesses);
        Processes = Read(() => Machine.Processes);
        Drivers = Read(() => Machine.Drivers);
        Threads = Read(() => Machine.Threads);
        Pending = [.. Processes.SelectMany(p => Read(() => p.Requests.Where(r => r.IsPending))).OrderBy(r => r.RequestId)];
        Maps = Read(() => CoreView.Find(Machine)?.Maps ?? []);
    }

    public CommandCall Call { get; }

    public MachineView Machine { get; }

    public ITraceAccess Trace { get; }

    /// <summary>All records of the flight recorder, oldest first.</summary>
    public IReadOnlyList<FlightEntry> Records { get; }

    /// <summary>The latest processes that have ended.</summary>
    public IReadOnlyList<EndedProcessView> Ended { get; }

    public IReadOnlyList<ProcessView> Processes { get; }

    public IReadOnlyList<DriverView> Drivers { get; }

    public IReadOnlyList<ThreadView> Threads { get; }

    /// <summary>The requests that drivers have kept, oldest first.</summary>
    public IReadOnlyList<IrpView> Pending { get; }

    public IReadOnlyList<MapView> Maps { get; }

    /// <summary>The newest record of a kind that meets a condition; null if there is none.</summary>
    public FlightEntry? Newest(FlightKind kind, Func<FlightEntry, bool>? condition = null) =>
        Records.LastOrDefault(r => r.Kind == kind && (condition is null || condition(r)));

    /// <summary>When a record was written: the id of its request, or of the newest request in the records before it.</summary>
    public ulong TimeOf(FlightEntry record) =>
        record.Request != 0 ? record.Request : Records.TakeWhile(r => !ReferenceEquals(r, record)).Select(r => r.Request).DefaultIfEmpty().Max();

    /// <summary>The map with an id; null if it is not there, or no longer.</summary>
    public MapView? Map(long id) => Maps.FirstOrDefault(m => m.Id == id);

    /// <summary>The map and the ring where a request waits for a record; null for any other request.</summary>
    public (MapView Map, RingView Ring)? RingOf(IrpView irp)
    {
        foreach (MapView map in Maps)
        {
            foreach (RingView ring in Read(() => RingView.Of(map)))
            {
                if (ring.Waiting?.Object.Address == irp.Object.Address)
                {
                    return (map, ring);
                }
            }
        }

        return null;
    }

    /// <summary>The request that a thread is in a driver with; null if it has none, or one that is pending.</summary>
    public IrpView? RunningAt(ThreadView thread) =>
        Processes.SelectMany(p => Read(() => p.Requests)).FirstOrDefault(r => r.RequestId == thread.RequestId && !r.IsPending && !r.IsCompleted);

    /// <summary>What a request asks for.</summary>
    public string OperationOf(IrpView irp) => OperationNames.Of(irp, _memory.Kernel);

    /// <summary>What reads the records of a ring.</summary>
    public RingReader ReaderOf(RingView ring) => new(_memory.Kernel, ring);

    private List<T> Read<T>(Func<IEnumerable<T>> parts)
    {
        List<T> read = [];
        Call.Each(Call.Attempted(parts), read.Add);
        return read;
    }
}
