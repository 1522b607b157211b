using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using KernelSim.HostBpf;

namespace KernelSim.Benchmarks;

/// <summary>The same calls through the host kernel's own bpf(2), on a BPF_MAP_TYPE_PERCPU_HASH with the host's CPUs.</summary>
[MemoryDiagnoser]
public class HostSingleCallBenchmarks
{
    private const int Calls = 4096;

    private readonly uint[] _keys = Workload.ShuffledKeys();
    private byte[] _value = [];
    private HostBpfMap _map = null!;

    [GlobalSetup]
    public void Setup()
    {
        int cpus = HostBpfMap.PossibleCpus;
        _value = new byte[sizeof(ulong) * cpus];
        _map = HostBpfMap.Create(HostMapType.PerCpuHash, sizeof(uint), sizeof(ulong), Workload.Elements);
        uint count = Workload.Elements;
        Expect(_map.UpdateBatch(MemoryMarshal.AsBytes(_keys.AsSpan()), MemoryMarshal.AsBytes(Workload.Values(_keys, cpus).AsSpan()), ref count));
    }

    [GlobalCleanup]
    public void Cleanup() => _map.Dispose();

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Lookup()
    {
        for (int i = 0; i < Calls; i++)
        {
            Expect(_map.Lookup(Key(i), _value));
        }
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Update()
    {
        for (int i = 0; i < Calls; i++)
        {
            Expect(_map.Update(Key(i), _value));
        }
    }

    private static void Expect(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"bpf(2) gave {result}");
        }
    }

    private ReadOnlySpan<byte> Key(int i) => MemoryMarshal.AsBytes(_keys.AsSpan(i, 1));
}
