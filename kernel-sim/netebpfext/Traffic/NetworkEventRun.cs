using System.Runtime.ExceptionServices;
using KernelSim.Nt.Ke;

namespace KernelSim.NetEbpfExt.Events;

/// <summary>
/// Generated events on all processors of a machine at once: one host thread per processor, all started together. Created by
/// <see cref="Start"/>; <see cref="Wait"/> or <see cref="Dispose"/> ends it.
/// </summary>
/// <remarks>On a host without threads <see cref="Wait"/> delivers the events, in turn on one processor after the other.</remarks>
public sealed class NetworkEventRun : IDisposable
{
    private readonly NetworkEventTotals[] _totals;
    private readonly Delivery[] _deliveries;
    private readonly Thread[] _threads;
    private readonly ManualResetEventSlim _go = new();
    private Exception? _failure;
    private volatile bool _stopping;

    private NetworkEventRun(NetworkEventSource source, NetworkTraffic traffic, ulong seed, long eventsPerProcessor)
    {
        _totals = [.. source.Machine.Processors.Select(_ => new NetworkEventTotals())];
        _deliveries = [.. source.Machine.Processors.Select(
            p => new Delivery(source, traffic, p.Number, seed, _totals[p.Number]) { Left = eventsPerProcessor })];
        _threads = HostConcurrency.HasThreads
            ? [.. _deliveries.Select(d => new Thread(() => Run(d)) { IsBackground = true })]
            : [];
    }

    /// <summary>Starts delivering.</summary>
    /// <param name="source">The network to deliver to.</param>
    /// <param name="traffic">The distribution of the events.</param>
    /// <param name="seed">The same seed gives each processor the same events.</param>
    /// <param name="eventsPerProcessor">Number of events for each processor; <see cref="long.MaxValue"/>: until it is stopped.</param>
    public static NetworkEventRun Start(NetworkEventSource source, NetworkTraffic traffic, ulong seed, long eventsPerProcessor)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(traffic);
        ArgumentOutOfRangeException.ThrowIfNegative(eventsPerProcessor);
        traffic.Validate();
        NetworkEventRun run = new(source, traffic, seed, eventsPerProcessor);
        if (HostConcurrency.HasThreads)
        {
            Array.ForEach(run._threads, t => t.Start());
            run._go.Set();
        }

        return run;
    }

    /// <summary>Asks all processors to stop after the events that they are delivering.</summary>
    public void Stop() => _stopping = true;

    /// <summary>Waits until every processor has delivered its events, or has stopped.</summary>
    /// <returns>The totals of all processors.</returns>
    /// <exception cref="Nt.BugcheckException">The machine stopped.</exception>
    public NetworkEventReport Wait()
    {
        Array.ForEach(_threads, t => t.Join());
        if (!HostConcurrency.HasThreads)
        {
            DeliverInTurn();
        }

        if (Volatile.Read(ref _failure) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return new NetworkEventReport(_totals);
    }

    /// <summary>Stops, and waits until no thread delivers any more.</summary>
    public void Dispose()
    {
        Stop();
        Array.ForEach(_threads, t => t.Join());
        _go.Dispose();
    }

    private void Run(Delivery delivery)
    {
        try
        {
            if (HostConcurrency.HasThreads)
            {
                _go.Wait();
            }

            while (delivery.Left > 0 && !_stopping)
            {
                delivery.Next();
            }
        }
        catch (Exception e)
        {
            // Rethrown to the caller of Wait; the others have nothing more to do.
            Interlocked.CompareExchange(ref _failure, e, null);
            _stopping = true;
        }
    }

    private void DeliverInTurn()
    {
        while (!_stopping && Array.Exists(_deliveries, d => d.Left > 0))
        {
            foreach (Delivery delivery in _deliveries)
            {
                delivery.Next();
            }
        }
    }

    /// <summary>The events of one processor.</summary>
    private sealed class Delivery(NetworkEventSource source, NetworkTraffic traffic, int processor, ulong seed, NetworkEventTotals totals)
    {
        private readonly NetworkEventGenerator _generator = new(traffic, seed, processor);
        private readonly NetworkEvent[] _events = new NetworkEvent[NetworkEventSource.SectionEvents];

        /// <summary>How many events are left.</summary>
        public long Left { get; set; }

        /// <summary>Delivers a section of them.</summary>
        public void Next()
        {
            Span<NetworkEvent> next = _events.AsSpan(0, (int)Math.Min(Left, _events.Length));
            _generator.Fill(next);
            source.Deliver(processor, next, totals);
            Left -= next.Length;

            // The first processor advances the machine's time: all have the same interval.
            if (processor == 0 && traffic.Interval > TimeSpan.Zero)
            {
                source.Machine.Clock.Advance(traffic.Interval * next.Length);
            }
        }
    }
}
