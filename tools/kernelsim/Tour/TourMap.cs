namespace KernelSim.Tool.Tour;

/// <summary>The map of the tour.</summary>
internal static class TourMap
{
    /// <summary>Its name.</summary>
    public const string Name = "stats";

    /// <summary>Most entries that it was created for.</summary>
    public const uint MaxEntries = 64;

    /// <summary>The ports that the program counts.</summary>
    public static IReadOnlyList<uint> CountedPorts { get; } = [22, 53, 80, 443];

    /// <summary>The ports whose counters the application restores.</summary>
    public static IReadOnlyList<uint> RestoredPorts { get; } = [21, 25, 110, 123, 143, 389, 587, 993];
}
