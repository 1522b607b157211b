using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;

namespace KernelSim.Benchmarks;

/// <summary>What a C# programmer would write without a kernel: a concurrent dictionary of byte arrays, enumerated and copied.</summary>
[MemoryDiagnoser]
public class DictionaryBenchmarks
{
    private const int ValueBytes = sizeof(ulong) * Workload.Cpus;

    private readonly uint[] _keys = Workload.ShuffledKeys();
    private readonly uint[] _outKeys = new uint[Workload.Elements];
    private readonly byte[] _outValues = new byte[Workload.Elements * ValueBytes];
    private readonly byte[][] _blocks = new byte[Workload.Elements][];
    private readonly ConcurrentDictionary<uint, byte[]> _map = new(concurrencyLevel: 2, capacity: Workload.Elements);

    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = new byte[ValueBytes];
            BitConverter.TryWriteBytes(_blocks[i], _keys[i] * 2UL);
        }

        for (int i = 0; i < 100; i++)
        {
            Fill();
            Delete();
        }

        Fill();
    }

    [IterationSetup(Target = nameof(Delete))]
    public void Fill()
    {
        for (int i = 0; i < _keys.Length; i++)
        {
            _map[_keys[i]] = _blocks[i];
        }
    }

    [Benchmark(OperationsPerInvoke = Workload.Elements)]
    public void EnumerateAndCopy()
    {
        int i = 0;
        foreach ((uint key, byte[] value) in _map)
        {
            _outKeys[i] = key;
            value.CopyTo(_outValues.AsSpan(i * ValueBytes));
            i++;
        }
    }

    [Benchmark(OperationsPerInvoke = Workload.Elements)]
    public void Update() => Fill();

    [Benchmark(OperationsPerInvoke = Workload.Elements)]
    public void Delete()
    {
        foreach (uint key in _keys)
        {
            _map.TryRemove(key, out _);
        }
    }
}
