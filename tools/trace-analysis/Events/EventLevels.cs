namespace KernelSim.TraceAnalysis.Events;

/// <summary>The names of event levels, as in <see cref="EventHeader.Level"/>.</summary>
public static class EventLevels
{
    private static readonly string[] s_names = ["Always", "Critical", "Error", "Warning", "Informational", "Verbose"];

    /// <summary>All names, most severe first: the index is the number of the level.</summary>
    public static IReadOnlyList<string> All => s_names;

    /// <summary>The name of a level. Numbers above that of Verbose are named Verbose, too.</summary>
    public static string NameOf(int level) => s_names[Math.Min(level, s_names.Length - 1)];

    /// <summary>The number of a level; above all others for an unknown name.</summary>
    public static int NumberOf(string name)
    {
        int level = Array.FindIndex(s_names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return level < 0 ? s_names.Length : level;
    }
}
