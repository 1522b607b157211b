namespace KernelSim.Tool.Top;

/// <summary>What a machine did between two samples.</summary>
internal sealed class TopFrame(string server, TopSample before, TopSample after)
{
    private readonly double _seconds = Math.Max(1, after.ElapsedUs - before.ElapsedUs) / 1e6;

    /// <summary>The server.</summary>
    public string Server => server;

    /// <summary>Seconds between the samples.</summary>
    public double Seconds => _seconds;

    /// <summary>Calls of libraries a second.</summary>
    public double Calls => Rate(s => s.Calls);

    /// <summary>Failed calls a second.</summary>
    public double FailedCalls => Rate(s => s.FailedCalls);

    /// <summary>Control requests a second.</summary>
    public double Ioctls => Rate(s => s.Ioctls);

    /// <summary>Copies a second.</summary>
    public double Copies => Rate(s => s.Copies);

    /// <summary>Bytes copied a second.</summary>
    public double Bytes => Rate(s => s.Bytes);

    /// <summary>Refusals a second.</summary>
    public double RefusalRate => Rate(s => s.Refusals.Values.Sum());

    /// <summary>Processes that live.</summary>
    public int Processes => after.Processes;

    /// <summary>Pool in use, in bytes.</summary>
    public long PoolBytes => after.PoolBytes;

    /// <summary>The processors, with their load from 0 to 1.</summary>
    public IEnumerable<(TopProcessor Processor, double Load)> Processors => after.Processors.Select((now, i) =>
    {
        long looked = now.Samples - before.Processors[i].Samples;
        return (now, looked == 0 ? 0 : (double)(now.Busy - before.Processors[i].Busy) / looked);
    });

    /// <summary>Refusals a second by check, the most frequent first; only checks that refused.</summary>
    public IEnumerable<(string Check, double Rate)> Refusals => after.Refusals
        .Select(r => (Check: r.Key, Rate: (r.Value - before.Refusals.GetValueOrDefault(r.Key)) / _seconds))
        .Where(r => r.Rate > 0)
        .OrderByDescending(r => r.Rate).ThenBy(r => r.Check, StringComparer.Ordinal);

    /// <summary>The maps that requests were about, the busiest first, each with its share of these requests.</summary>
    public IEnumerable<(TopMap Map, double Share)> Maps
    {
        get
        {
            double all = Math.Max(1, after.Maps.Sum(m => m.Requests));
            return after.Maps.Where(m => m.Requests > 0).OrderByDescending(m => m.Requests).ThenBy(m => m.Id).Select(m => (m, m.Requests / all));
        }
    }

    private double Rate(Func<TopSample, long> count) => (count(after) - count(before)) / _seconds;
}
