using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using KernelSim.HostBpf;

namespace KernelSim.Benchmarks;

/// <summary>The same batches through the host kernel's own bpf(2), on a BPF_MAP_TYPE_PERCPU_HASH with the host's CPUs.</summary>
[MemoryDiagnoser]
public class HostKernelBenchmarks
{
    private readonly uint[] _keys = Workload.ShuffledKeys();
    private readonly uint[] _outKeys = new uint[Workload.Elements];
    private readonly byte[] _cursor = new byte[8];
    private ulong[] _values = [];
    private ulong[] _outValues = [];
    private HostBpfMap _map = null!;

    [GlobalSetup]
    public void Setup()
    {
        int cpus = HostBpfMap.PossibleCpus;
        _values = Workload.Values(_keys, cpus);
        _outValues = new ulong[_values.Length];
        _map = HostBpfMap.Create(HostMapType.PerCpuHash, sizeof(uint), sizeof(ulong), Workload.Elements);
        Fill();
    }

    [GlobalCleanup]
    public void Cleanup() => _map.Dispose();

    [IterationSetup(Target = nameof(DeleteBatch))]
    public void Fill()
    {
        uint count = Workload.Elements;
        Expect(_map.UpdateBatch(AsBytes(_keys), AsBytes(_values), ref count), count);
    }

    [Benchmark(OperationsPerInvoke = Workload.Elements)]
    public void LookupBatch()
    {
        // Linux ends a full read with ENOENT and a valid count.
        uint count = Workload.Elements;
        int result = _map.LookupBatch([], _cursor, AsBytes(_outKeys), AsBytes(_outValues), ref count);
        Expect(result == -2 ? 0 : result, count);
    }

    [Benchmark(OperationsPerInvoke = Workload.Elements)]
    public void UpdateBatch() => Fill();

    [Benchmark(OperationsPerInvoke = Workload.Elements)]
    public void DeleteBatch()
    {
        uint count = Workload.Elements;
        Expect(_map.DeleteBatch(AsBytes(_keys), ref count), count);
    }

    private static Span<byte> AsBytes<T>(T[] array)
        where T : unmanaged => MemoryMarshal.AsBytes(array.AsSpan());

    private static void Expect(int result, uint count)
    {
        if (result != 0 || count != Workload.Elements)
        {
            throw new InvalidOperationException($"bpf(2) gave {result} after {count} of {Workload.Elements} elements");
        }
    }
}
