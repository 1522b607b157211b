using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using KernelSim.UserMode;

namespace KernelSim.Benchmarks;

/// <summary>
/// Batches through the whole path on the other map types that hold one value for each key; the workload of <see cref="BatchBenchmarks"/>.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls Cleanup.")]
public class MapTypeBenchmarks
{
    private readonly uint[] _keys = Workload.ShuffledKeys();
    private readonly ulong[] _values;
    private readonly uint[] _outKeys = new uint[Workload.Elements];
    private readonly ulong[] _outValues = new ulong[Workload.Elements];
    private readonly BatchCursor _cursor = new();
    private BenchSession _session = null!;
    private ValueMap<uint, ulong> _map = null!;

    public MapTypeBenchmarks()
    {
        _values = Workload.Values(_keys, 1);
    }

    /// <summary>The type, by bpftool's name.</summary>
    [Params("hash", "lru_hash", "array")]
    public string Type { get; set; } = "hash";

    [GlobalSetup]
    public void Setup()
    {
        _session = new BenchSession();
        _map = Type switch
        {
            "hash" => _session.Bpf.CreateHashMap<uint, ulong>("bench", Workload.Elements),
            "lru_hash" => _session.Bpf.CreateLruHashMap<uint, ulong>("bench", Workload.Elements),
            _ => _session.Bpf.CreateArrayMap<ulong>("bench", Workload.Elements),
        };
        UpdateBatch();
    }

    [GlobalCleanup]
    public void Cleanup() => _session.Dispose();

    [Benchmark(OperationsPerInvoke = Workload.Elements)]
    public int LookupBatch()
    {
        _cursor.Reset();
        BatchResult result = _map.LookupBatch(_cursor, _outKeys, _outValues);
        return result.Count == Workload.Elements
            ? result.Count
            : throw new InvalidOperationException($"{result.Count} of {Workload.Elements} elements came back");
    }

    [Benchmark(OperationsPerInvoke = Workload.Elements)]
    public void UpdateBatch() => _map.UpdateBatch(_keys, _values);
}
