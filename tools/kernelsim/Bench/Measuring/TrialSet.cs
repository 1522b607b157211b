using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Measuring;

/// <summary>The contenders of one benchmark at one size, set up: their trials, and why others are missing. Disposing tears all down.</summary>
/// <param name="hostMissing">Why the host's bpf(2) cannot be measured; null if it can.</param>
/// <param name="isAlone">Whether KernelSim alone is measured.</param>
internal sealed class TrialSet(string? hostMissing, bool isAlone = false) : IDisposable
{
    private const string Alone = "left out: --alone";

    private readonly List<Trial> _trials = [];
    private readonly List<Measurement> _counts = [];
    private readonly Dictionary<Contender, string> _missing = [];
    private readonly Stack<IDisposable> _owned = [];

    /// <summary>What to measure.</summary>
    public IReadOnlyList<Trial> Trials => _trials;

    /// <summary>What was counted during setup.</summary>
    public IReadOnlyList<Measurement> Counts => _counts;

    /// <summary>Why a contender has no trial.</summary>
    public IReadOnlyDictionary<Contender, string> Missing => _missing;

    /// <summary>Adds a trial.</summary>
    public void Add(Trial trial)
    {
        if (isAlone && trial.Contender != Contender.KernelSim)
        {
            Lack(trial.Contender, Alone);
            return;
        }

        _trials.Add(trial);
    }

    /// <summary>Adds a number that needs no rounds.</summary>
    public void AddCount(Contender contender, double count) => _counts.Add(new Measurement(contender, 1, count, count, 1));

    /// <summary>Says why a contender has no trial.</summary>
    public void Lack(Contender contender, string reason) => _missing.TryAdd(contender, reason);

    /// <summary>Hands over what is disposed of at the end, last first.</summary>
    public T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Push(owned);
        return owned;
    }

    /// <summary>Whether a contender can be set up; otherwise notes why not.</summary>
    public bool Can(Contender contender, MapMaker maker)
    {
        string? reason = isAlone && contender != Contender.KernelSim ? Alone
            : contender == Contender.Host && hostMissing is not null ? hostMissing
            : maker.WhyNot(contender);
        if (reason is not null)
        {
            Lack(contender, reason);
        }

        return reason is null;
    }

    /// <summary>Whether the host can be measured; otherwise notes why not.</summary>
    public bool CanHost()
    {
        string? reason = isAlone ? Alone : hostMissing;
        if (reason is not null)
        {
            Lack(Contender.Host, reason);
        }

        return reason is null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_owned.TryPop(out IDisposable? owned))
        {
            owned.Dispose();
        }
    }
}
