using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.Bench.Rows;

namespace KernelSim.Benchmarks;

/// <summary>
/// Records of 64 bytes through a ring of 1 MiB: a program's <c>bpf_ringbuf_output</c> at one end, at the other a process that reads the
/// ring's memory by <c>ring_buffer__consume</c>. One thread does both by turns; nobody traces.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls Cleanup.")]
public class RingBenchmarks
{
    private readonly TrialSet _owned = new(hostMissing: null);
    private SimRing _ring = null!;

    [GlobalSetup]
    public void Setup() => _ring = new SimRing(_owned.Own(SimProcess.Boot(Contenders.Workload.Machine)), _owned);

    [GlobalCleanup]
    public void Cleanup() => _owned.Dispose();

    /// <summary>The writer's half. The reader says that it has read everything, and has read nothing.</summary>
    [Benchmark(OperationsPerInvoke = SimRing.Records)]
    public void Output()
    {
        _ring.Skip();
        _ring.Write();
    }

    [Benchmark(OperationsPerInvoke = SimRing.Records)]
    public void OutputAndConsume()
    {
        _ring.Skip();
        _ring.Write();
        _ring.Consume();
    }
}
