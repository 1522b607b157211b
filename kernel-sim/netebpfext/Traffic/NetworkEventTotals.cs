namespace KernelSim.NetEbpfExt.Events;

/// <summary>Counts of events by kind and outcome. Counted by one thread; read by others once that has finished.</summary>
public sealed class NetworkEventTotals
{
    private const int Kinds = (int)NetworkEventKind.ConnectionClosed + 1;
    private const int Actions = (int)NetworkAction.Block + 1;

    private readonly long[] _counts = new long[Kinds * Actions];

    /// <summary>Number of all events.</summary>
    public long Events => _counts.Sum();

    /// <summary>Number of programs that ran for them.</summary>
    public long Programs { get; private set; }

    /// <summary>Number of events for which a program could not be run.</summary>
    public long Failures { get; private set; }

    /// <summary>Number of events of a kind.</summary>
    public long this[NetworkEventKind kind] => _counts.AsSpan((int)kind * Actions, Actions).ToArray().Sum();

    /// <summary>Number of events with an outcome.</summary>
    public long this[NetworkAction action] => Enumerable.Range(0, Kinds).Sum(kind => _counts[(kind * Actions) + (int)action]);

    /// <summary>Number of events of a kind with an outcome.</summary>
    public long this[NetworkEventKind kind, NetworkAction action] => _counts[((int)kind * Actions) + (int)action];

    /// <summary>Counts one event.</summary>
    public void Count(NetworkEventKind kind, in NetworkVerdict verdict)
    {
        _counts[((int)kind * Actions) + (int)verdict.Action]++;
        Programs += verdict.Programs;
        Failures += verdict.Status == Protocol.EbpfResult.Success ? 0 : 1;
    }

    /// <summary>Adds the counts of another.</summary>
    public void Add(NetworkEventTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Programs += other.Programs;
        Failures += other.Failures;
    }
}
