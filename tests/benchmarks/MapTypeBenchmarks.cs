using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using KernelSim.Tool.Bench.Maps;
using KernelSim.UserMode;

namespace KernelSim.Benchmarks;

/// <summary>
/// Batches through the whole path on the other map types that hold one value for each key; the workload of <see cref="BatchBenchmarks"/>.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls Cleanup.")]
public class MapTypeBenchmarks
{
    private readonly ElementData _data = new(Contenders.Workload, slots: 1);
    private readonly BatchCursor _cursor = new();
    private SimProcess _process = null!;
    private ValueMap<uint, ulong> _map = null!;

    /// <summary>The type, by bpftool's name.</summary>
    [Params("hash", "lru_hash", "array")]
    public string Type { get; set; } = "hash";

    [GlobalSetup]
    public void Setup()
    {
        _process = SimProcess.Boot(Contenders.Workload.Machine);
        _map = Type switch
        {
            "hash" => _process.Session.CreateHashMap<uint, ulong>("bench", Contenders.Elements),
            "lru_hash" => _process.Session.CreateLruHashMap<uint, ulong>("bench", Contenders.Elements),
            _ => _process.Session.CreateArrayMap<ulong>("bench", Contenders.Elements),
        };
        UpdateBatch();
    }

    [GlobalCleanup]
    public void Cleanup() => _process.Dispose();

    [Benchmark(OperationsPerInvoke = Contenders.Elements)]
    public int LookupBatch()
    {
        _cursor.Reset();
        BatchResult result = _map.LookupBatch(_cursor, _data.KeyRoom, _data.ValueRoom);
        return result.Count == Contenders.Elements
            ? result.Count
            : throw new InvalidOperationException($"{result.Count} of {Contenders.Elements} elements came back");
    }

    [Benchmark(OperationsPerInvoke = Contenders.Elements)]
    public void UpdateBatch() => _map.UpdateBatch(_data.Keys, _data.Values);
}
