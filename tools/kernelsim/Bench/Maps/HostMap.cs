using System.Runtime.InteropServices;
using KernelSim.HostBpf;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>A map of the host's own kernel.</summary>
internal sealed class HostMap : BenchMap
{
    private const int NoEntry = -2;

    private readonly HostMapType _type;
    private readonly byte[] _cursor = new byte[8];
    private HostBpfMap _map;

    /// <summary>Creates the map.</summary>
    public HostMap(Workload workload, ElementData data)
        : base(data)
    {
        _type = workload.Kind switch
        {
            BenchMapKind.PerCpuHash => HostMapType.PerCpuHash,
            BenchMapKind.Hash => HostMapType.Hash,
            _ => HostMapType.LruHash,
        };
        _map = Create();
    }

    /// <inheritdoc/>
    public override long? Bytes => _map.MemoryBytes;

    private int ElementBytes => Data.ElementWords * sizeof(ulong);

    /// <inheritdoc/>
    public override void Update(int first, int count)
    {
        uint done = (uint)count;
        int result = _map.UpdateBatch(KeysOf(first, count), AsBytes(Data.Values).Slice(first * ElementBytes, count * ElementBytes), ref done);
        Expect(count, result == 0 ? (int)done : result, "update batch");
    }

    /// <inheritdoc/>
    public override void Lookup()
    {
        uint done = (uint)Count;
        int result = _map.LookupBatch([], _cursor, AsBytes(Data.KeyRoom), AsBytes(Data.ValueRoom), ref done);
        ExpectAll(result, done, "lookup batch");
    }

    /// <inheritdoc/>
    public override void Delete()
    {
        uint done = (uint)Count;
        int result = _map.DeleteBatch(AsBytes(Data.Keys), ref done);
        Expect(Count, result == 0 ? (int)done : result, "delete batch");
    }

    /// <inheritdoc/>
    public override void LookupAndDelete()
    {
        uint done = (uint)Count;
        int result = _map.LookupAndDeleteBatch([], _cursor, AsBytes(Data.KeyRoom), AsBytes(Data.ValueRoom), ref done);
        ExpectAll(result, done, "lookup and delete batch");
    }

    /// <inheritdoc/>
    public override void LookupEach(int first, int count)
    {
        Span<byte> value = new byte[ElementBytes];
        int found = 0;
        for (int i = first; i < first + count; i++)
        {
            found += _map.Lookup(KeysOf(i, 1), value) == 0 ? 1 : 0;
        }

        Expect(count, found, "lookup");
    }

    /// <inheritdoc/>
    public override void UpdateEach(int first, int count)
    {
        ReadOnlySpan<byte> value = new byte[ElementBytes];
        int found = 0;
        for (int i = first; i < first + count; i++)
        {
            found += _map.Update(KeysOf(i, 1), value) == 0 ? 1 : 0;
        }

        Expect(count, found, "update");
    }

    /// <inheritdoc/>
    public override void Renew()
    {
        _map.Dispose();
        _map = Create();
    }

    /// <inheritdoc/>
    public override void Dispose() => _map.Dispose();

    private static Span<byte> AsBytes<T>(T[] array)
        where T : unmanaged => MemoryMarshal.AsBytes(array.AsSpan());

    private HostBpfMap Create() => HostBpfMap.Create(_type, sizeof(uint), (uint)Data.ValueWords * sizeof(ulong), (uint)Count);

    /// <summary>Linux ends a full read with ENOENT and a valid count. An LRU map may have evicted elements.</summary>
    private void ExpectAll(int result, uint done, string what) =>
        Expect(Count, result is 0 or NoEntry ? (_type == HostMapType.LruHash ? Count : (int)done) : result, what);
}
