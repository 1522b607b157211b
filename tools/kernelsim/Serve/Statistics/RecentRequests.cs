using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.Tool.Serve.Statistics;

/// <summary>What the flight recorder says of the latest requests.</summary>
internal static class RecentRequests
{
    // Enough for shares in percent.
    private const int Records = 4096;

    /// <summary>How many of the recorded requests were about an object, by its id.</summary>
    public static IReadOnlyDictionary<uint, long> ByObject(Machine machine)
    {
        Dictionary<uint, long> counts = [];
        foreach (FlightEntry entry in machine.FlightRecorder.Read(Records))
        {
            if (entry.Kind == FlightKind.IoctlCompleted && entry.Object is not 0 and uint id)
            {
                counts[id] = counts.GetValueOrDefault(id) + 1;
            }
        }

        return counts;
    }
}
