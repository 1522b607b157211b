namespace KernelSim.UserMode.RingBuffers;

/// <summary>Who is called with a ring's records: a ring buffer's callback, or the two of a perf event array.</summary>
/// <param name="Context">What the program gave with them.</param>
/// <param name="Sample">Of a ring buffer.</param>
/// <param name="PerfSample">Of a perf event array.</param>
/// <param name="PerfLost">Likewise.</param>
internal sealed record RingReceiver(
    object? Context, ring_buffer_sample_fn? Sample, perf_buffer_sample_fn? PerfSample = null, perf_buffer_lost_fn? PerfLost = null)
{
    /// <summary>Hands a record over.</summary>
    /// <returns>What the callback returned; 0 of a perf event array's, which returns nothing.</returns>
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
