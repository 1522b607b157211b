using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using BenchmarkDotNet.Attributes;
using KernelSim.TraceAnalysis.Sessions;
using KernelSim.Tracing;

namespace KernelSim.Benchmarks;

/// <summary>What one event costs the one who writes it: nobody listening, and with an EventPipe session that records everything.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls Cleanup.")]
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The runner asks for instance methods.")]
public class TraceBenchmarks
{
    private const int Events = 100_000;

    private TraceTarget? _session;
    private Thread? _reader;

    [Params(false, true)]
    public bool Recorded { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        if (!Recorded)
        {
            return;
        }

        _session = TraceTarget.Running(Environment.ProcessId);
        Stream events = _session.Begin([new ProviderRequest(KernelEventSource.ProviderName, EventLevel.Verbose)], bufferMiB: 256);
        _reader = new Thread(() => events.CopyTo(Stream.Null)) { IsBackground = true };
        _reader.Start();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _session?.Stop();
        _reader?.Join();
        _session?.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public ulong Loop()
    {
        ulong sum = 0;
        for (ulong i = 0; i < Events; i++)
        {
            sum += i ^ sum;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public ulong Copy()
    {
        ulong sum = 0;
        for (ulong i = 0; i < Events; i++)
        {
            sum += i ^ sum;
            KernelEventSource.Log.Copy(17, 0, CopyStage.MapFetch, (long)i, -1, sum, i, 64);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public ulong SizeCheck()
    {
        ulong sum = 0;
        for (ulong i = 0; i < Events; i++)
        {
            sum += i ^ sum;
            KernelEventSource.Log.SizeCheck(17, 0, "map.update_batch.key_size", "key", (long)i, 4, passed: true);
        }

        return sum;
    }
}
