namespace KernelSim.UserMode.Rings;

/// <summary>The callbacks for a ring's records: a ring buffer's one, or the two of a perf event array.</summary>
/// <param name="Context">The context that the program passed with them.</param>
/// <param name="Sample">The callback of a ring buffer.</param>
/// <param name="PerfSample">The record callback of a perf event array.</param>
/// <param name="PerfLost">The lost-records callback of a perf event array.</param>
internal sealed record RingReceiver(
    object? Context, ring_buffer_sample_fn? Sample, perf_buffer_sample_fn? PerfSample = null, perf_buffer_lost_fn? PerfLost = null)
{
    /// <summary>Passes a record to the callback.</summary>
    /// <returns>The callback's return value; 0 for a perf event array's, which returns nothing.</returns>
    public int Receive(int cpu, ulong data, uint length)
    {
        if (Sample is not null)
        {
            return Sample(Context, data, length);
        }

        PerfSample!(Context, cpu, data, length);
        return 0;
    }
}
