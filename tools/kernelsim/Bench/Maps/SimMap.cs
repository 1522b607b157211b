using System.Runtime.InteropServices;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>A map of the simulated machine, through the typed API.</summary>
/// <typeparam name="TMap">Type of the map.</typeparam>
internal abstract class SimMap<TMap> : BenchMap, ISimMap
    where TMap : KeyedMap<uint>
{
    private readonly SimProcess _process;
    private readonly bool _ownsProcess;
    private readonly Func<BpfSession, TMap> _create;
    private long _emptyBytes;

    /// <summary>Creates the map in a process.</summary>
    /// <param name="data">What it is filled with.</param>
    /// <param name="process">Whose it is.</param>
    /// <param name="ownsProcess">Whether the process ends with the map.</param>
    /// <param name="create">Creates it, or opens one that another process has created.</param>
    protected SimMap(ElementData data, SimProcess process, bool ownsProcess, Func<BpfSession, TMap> create)
        : base(data)
    {
        _process = process;
        _ownsProcess = ownsProcess;
        _create = create;
        _emptyBytes = process.PoolBytes;
        Map = create(process.Session);
    }

    /// <inheritdoc/>
    public override long? Bytes => _process.PoolBytes - _emptyBytes;

    /// <inheritdoc/>
    public SimProcess Process => _process;

    /// <summary>The typed map that is open now; another one after a renewal.</summary>
    protected TMap Map { get; private set; }

    /// <summary>Where a batch read is.</summary>
    protected BatchCursor Cursor { get; } = new();

    /// <inheritdoc/>
    public override void Delete() => Map.DeleteBatch(Data.Keys);

    /// <inheritdoc/>
    public override void Renew()
    {
        Map.Dispose();
        _process.Settle();
        _emptyBytes = _process.PoolBytes;
        Map = _create(_process.Session);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Map.Dispose();
        if (_ownsProcess)
        {
            _process.Dispose();
        }
    }

    /// <summary>The words as values of a type.</summary>
    protected static Span<TValue> As<TValue>(Span<ulong> words)
        where TValue : unmanaged => MemoryMarshal.Cast<ulong, TValue>(words);
}
