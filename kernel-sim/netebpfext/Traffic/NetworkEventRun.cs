using System.Runtime.ExceptionServices;

namespace KernelSim.NetEbpfExt.Events;

/// <summary>
/// Generated events on all processors of a machine at once: one host thread per processor, all started together. Created by
/// <see cref="Start"/>; <see cref="Wait"/> or <see cref="Dispose"/> ends it.
/// </summary>
public sealed class NetworkEventRun : IDisposable
{
    private readonly NetworkEventSource _source;
    private readonly NetworkTraffic _traffic;
    private readonly ulong _seed;
    private readonly long _eventsPerProcessor;
    private readonly NetworkEventTotals[] _totals;
    private readonly Thread[] _threads;
    private readonly ManualResetEventSlim _go = new();
    private Exception? _failure;
    private volatile bool _stopping;

    private NetworkEventRun(NetworkEventSource source, NetworkTraffic traffic, ulong seed, long eventsPerProcessor)
    {
        _source = source;
        _traffic = traffic;
        _seed = seed;
        _eventsPerProcessor = eventsPerProcessor;
        _totals = [.. source.Machine.Processors.Select(_ => new NetworkEventTotals())];
        _threads = [.. source.Machine.Processors.Select(p => new Thread(() => Deliver(p.Number)) { IsBackground = true })];
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
        Array.ForEach(run._threads, t => t.Start());
        run._go.Set();
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

    private void Deliver(int processor)
    {
        try
        {
            NetworkEventGenerator generator = new(_traffic, _seed, processor);
            NetworkEvent[] events = new NetworkEvent[NetworkEventSource.SectionEvents];
            _go.Wait();
            for (long left = _eventsPerProcessor; left > 0 && !_stopping;)
            {
                Span<NetworkEvent> next = events.AsSpan(0, (int)Math.Min(left, events.Length));
                generator.Fill(next);
                _source.Deliver(processor, next, _totals[processor]);
                left -= next.Length;

                // The first processor advances the machine's time: all have the same interval.
                if (processor == 0 && _traffic.Interval > TimeSpan.Zero)
                {
                    _source.Machine.Clock.Advance(_traffic.Interval * next.Length);
                }
            }
        }
        catch (Exception e)
        {
            // Rethrown to the caller of Wait; the others have nothing more to do.
            Interlocked.CompareExchange(ref _failure, e, null);
            _stopping = true;
        }
    }
}
