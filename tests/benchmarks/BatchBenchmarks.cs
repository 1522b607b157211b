using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using KernelSim.UserMode;

namespace KernelSim.Benchmarks;

/// <summary>
/// Batches on a BPF_MAP_TYPE_PERCPU_HASH through the whole path: typed call, request, system buffer, map, reply, caller's span. Nobody
/// traces.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls Cleanup.")]
public class BatchBenchmarks
{
    private readonly uint[] _keys = Workload.ShuffledKeys();
    private readonly ulong[] _values;
    private readonly uint[] _outKeys = new uint[Workload.Elements];
    private readonly ulong[] _outValues = new ulong[Workload.Elements * Workload.Cpus];
    private readonly BatchCursor _cursor = new();
    private BenchSession _session = null!;
    private PerCpuHashMap<uint, ulong> _map = null!;

    public BatchBenchmarks()
    {
        _values = Workload.Values(_keys, Workload.Cpus);
    }

    [GlobalSetup]
    public void Setup()
    {
        _session = new BenchSession();
        _map = _session.Bpf.CreatePerCpuHashMap<uint, ulong>("bench", Workload.Elements);
        // A delete is measured once an iteration, after a refill: too few calls for the JIT to have finished with it by itself.
        for (int i = 0; i < 100; i++)
        {
            Fill();
            DeleteBatch();
        }

        Fill();
    }

    [GlobalCleanup]
    public void Cleanup() => _session.Dispose();

    [IterationSetup(Target = nameof(DeleteBatch))]
    public void Fill() => _map.UpdateBatch(_keys, _values);

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
    public void UpdateBatch() => Fill();

    [Benchmark(OperationsPerInvoke = Workload.Elements)]
    public void DeleteBatch() => _map.DeleteBatch(_keys);
}
