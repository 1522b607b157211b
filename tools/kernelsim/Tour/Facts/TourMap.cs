namespace KernelSim.Tool.Tour.Facts;

/// <summary>The map of the tour: its name, size and keys.</summary>
internal static class TourMap
{
    /// <summary>Name of the map.</summary>
    public const string Name = "stats";

    /// <summary>Maximum number of entries.</summary>
    public const uint MaxEntries = 64;

    /// <summary>The ports that the program counts.</summary>
    public static IReadOnlyList<uint> CountedPorts { get; } = [22, 53, 80, 443];

    /// <summary>The ports whose counters the application restores.</summary>
    public static IReadOnlyList<uint> RestoredPorts { get; } = [21, 25, 110, 123, 143, 389, 587, 993];
}
