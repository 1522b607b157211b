using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Benchmarks;

/// <summary>
/// Batches on a BPF_MAP_TYPE_PERCPU_HASH through the whole path (typed call, request, system buffer, map, reply, caller's span), and the same on
/// the maps of the other contenders. Nobody traces.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls Cleanup.")]
public class BatchBenchmarks
{
    private BenchMap _map = null!;

    /// <summary>Whose map.</summary>
    [ParamsSource(nameof(Names))]
    public string Contender { get; set; } = nameof(Tool.Bench.Maps.Contender.KernelSim);

    public static IEnumerable<string> Names => Contenders.Names;

    [GlobalSetup]
    public void Setup()
    {
        _map = Contenders.Fill(Contender);
        // A delete is measured once an iteration, after a refill: too few calls for the JIT to have finished with it by itself.
        for (int i = 0; i < 100; i++)
        {
            _map.Delete();
            _map.Update();
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _map.Dispose();

    [IterationSetup(Targets = [nameof(DeleteBatch), nameof(LookupAndDeleteBatch)])]
    public void Fill() => _map.Update();

    [IterationSetup(Target = nameof(InsertBatch))]
    public void Renew() => _map.Renew();

    [Benchmark(OperationsPerInvoke = Contenders.Elements)]
    public void LookupBatch() => _map.Lookup();

    [Benchmark(OperationsPerInvoke = Contenders.Elements)]
    public void UpdateBatch() => _map.Update();

    [Benchmark(OperationsPerInvoke = Contenders.Elements)]
    public void InsertBatch() => _map.Update();

    [Benchmark(OperationsPerInvoke = Contenders.Elements)]
    public void DeleteBatch() => _map.Delete();

    [Benchmark(OperationsPerInvoke = Contenders.Elements)]
    public void LookupAndDeleteBatch() => _map.LookupAndDelete();
}
