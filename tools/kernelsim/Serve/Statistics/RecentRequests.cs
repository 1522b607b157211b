using KernelSim.Nt;

namespace KernelSim.Tool.Serve.Statistics;

/// <summary>What the flight recorder says of the latest requests.</summary>
internal static class RecentRequests
{
    /// <summary>How many of the recorded requests were about an object, by its id.</summary>
    public static IReadOnlyDictionary<uint, long> ByObject(Machine machine) => new Dictionary<uint, long>();
}
