using KernelSim.UserMode;

namespace SampleNamespace;

/// <summary>Counts packets by port in a per-CPU hash map: one count per port and CPU.</summary>
public sealed class PacketCounts(BpfSession session) : IDisposable
{
    private readonly PerCpuHashMap<uint, ulong> _map = session.CreatePerCpuHashMap<uint, ulong>("packets", maxEntries: 1024);

    /// <summary>Stores the counts of several ports in one batch.</summary>
    /// <param name="ports">Port numbers, the keys of the map.</param>
    /// <param name="packets">One count per port and possible CPU: the counts of the first port, CPU 0 first, then those of the second.</param>
    /// <exception cref="BpfException">There are not as many counts as ports and processors require.</exception>
    public void Store(ReadOnlySpan<uint> ports, ReadOnlySpan<ulong> packets) => _map.UpdateBatch(ports, packets);

    /// <summary>The packets of each port, summed over the processors.</summary>
    public SortedDictionary<uint, ulong> Sums()
    {
        SortedDictionary<uint, ulong> sums = [];
        foreach (PerCpuEntry<uint, ulong> entry in _map)
        {
            sums[entry.Key] = entry.Sum();
        }

        return sums;
    }

    /// <summary>Closes the map, which frees it.</summary>
    public void Dispose() => _map.Dispose();
}
