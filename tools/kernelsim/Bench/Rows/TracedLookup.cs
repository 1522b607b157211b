using System.Diagnostics.Tracing;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.TraceAnalysis.Sessions;
using KernelSim.Tracing;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Look-ups while a session of this process with itself records every event.</summary>
internal sealed class TracedLookup : Benchmark
{
    private const int Calls = 256;
    private const int BufferMiB = 64;
    private const string NoEvents = "it writes no events";

    /// <inheritdoc/>
    public override string Name => "lookup-traced";

    /// <inheritdoc/>
    public override string Does => "find one key, typed API, while a session records all events";

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Calls;

    /// <inheritdoc/>
    public override void SetUp(Workload workload, TrialSet set)
    {
        set.Lack(Contender.Host, NoEvents);
        set.Lack(Contender.Dictionary, NoEvents);
        set.Lack(Contender.ConcurrentDictionary, NoEvents);
        set.Lack(Contender.PlainCopy, NoEvents);
        MapMaker maker = new(workload);
        if (!set.Can(Contender.KernelSim, maker))
        {
            return;
        }

        BenchMap map = set.Own(maker.Fill(Contender.KernelSim));
        try
        {
            set.Own(new Session());
        }
        catch (TargetException e)
        {
            set.Lack(Contender.KernelSim, e.Message);
            return;
        }

        int count = Math.Min(Calls, map.Count);
        set.Add(new Trial(Contender.KernelSim, count, () => map.LookupEach(0, count)));
    }

    /// <summary>Records, and throws away what it gets as it comes.</summary>
    private sealed class Session : IDisposable
    {
        private readonly TraceTarget _target = TraceTarget.Running(Environment.ProcessId);
        private readonly Thread _reader;

        public Session()
        {
            Stream events = _target.Begin(
                [
                    new ProviderRequest(KernelEventSource.ProviderName, EventLevel.Verbose),
                    new ProviderRequest(UserApiEventSource.ProviderName, EventLevel.Verbose),
                ],
                BufferMiB);
            _reader = new Thread(() => events.CopyTo(Stream.Null)) { IsBackground = true };
            _reader.Start();
        }

        public void Dispose()
        {
            _target.Stop();
            _reader.Join();
            _target.Dispose();
        }
    }
}
