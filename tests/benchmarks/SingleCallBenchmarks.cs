using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Benchmarks;

/// <summary>
/// Calls for one element each on a BPF_MAP_TYPE_PERCPU_HASH: every one crosses the boundary by itself. What a crossing costs is nearly all
/// of it.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls Cleanup.")]
public class SingleCallBenchmarks
{
    private const int Calls = 4096;

    private BenchMap _map = null!;

    /// <summary>Whose map.</summary>
    [ParamsSource(nameof(Names))]
    public string Contender { get; set; } = nameof(Tool.Bench.Maps.Contender.KernelSim);

    public static IEnumerable<string> Names => Contenders.Names;

    [GlobalSetup]
    public void Setup() => _map = Contenders.Fill(Contender);

    [GlobalCleanup]
    public void Cleanup() => _map.Dispose();

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Lookup() => _map.LookupEach(0, Calls);

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Update() => _map.UpdateEach(0, Calls);
}
