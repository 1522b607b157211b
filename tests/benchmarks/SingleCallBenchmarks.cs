using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using KernelSim.UserMode;

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

    private readonly uint[] _keys = Workload.ShuffledKeys();
    private BenchSession _session = null!;
    private PerCpuHashMap<uint, ulong> _map = null!;
    private PerCpuValue<ulong> _value = null!;

    [GlobalSetup]
    public void Setup()
    {
        _session = new BenchSession();
        _map = _session.Bpf.CreatePerCpuHashMap<uint, ulong>("bench", Workload.Elements);
        _map.UpdateBatch(_keys, Workload.Values(_keys, Workload.Cpus));
        _value = _map.NewValue();
    }

    [GlobalCleanup]
    public void Cleanup() => _session.Dispose();

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Lookup()
    {
        for (int i = 0; i < Calls; i++)
        {
            Expect(_map.TryGet(_keys[i], _value));
        }
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Update()
    {
        for (int i = 0; i < Calls; i++)
        {
            Expect(_map.TryReplace(_keys[i], _value));
        }
    }

    private static void Expect(bool found)
    {
        if (!found)
        {
            throw new InvalidOperationException("a key of the map was not found");
        }
    }
}
