using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.Tool.Serve.Statistics;

/// <summary>What the flight recorder says of the latest requests.</summary>
internal static class RecentRequests
{
    // Enough for shares in percent.
    private const int Records = 4096;

    // Of a record of the kind IoctlCompleted: the object that the request was about.
    private const int ObjectNumber = 1;

    /// <summary>How many of the recorded requests were about an object, by its id.</summary>
    public static IReadOnlyDictionary<uint, long> ByObject(Machine machine)
    {
        Dictionary<uint, long> counts = [];
        foreach (FlightEntry entry in machine.FlightRecorder.Read(Records))
        {
            if (entry.Kind == FlightKind.IoctlCompleted && entry.Numbers[ObjectNumber] is > 0 and <= uint.MaxValue and long id)
            {
                counts[(uint)id] = counts.GetValueOrDefault((uint)id) + 1;
            }
        }

        return counts;
    }
}
