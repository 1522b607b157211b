using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis;

/// <summary>The names of KernelSim's providers.</summary>
public static class ProviderNames
{
    private const string Prefix = "KernelSim-";

    /// <summary>Both names.</summary>
    public static IReadOnlyList<string> All { get; } = [KernelEventSource.ProviderName, UserApiEventSource.ProviderName];

    /// <summary>Whether a provider is one of KernelSim's.</summary>
    public static bool Contains(string provider) => provider is KernelEventSource.ProviderName or UserApiEventSource.ProviderName;

    /// <summary>Finds a provider by its name, with or without the prefix <c>KernelSim-</c>, in any case.</summary>
    /// <returns>The full name; null if it is not one of KernelSim's.</returns>
    public static string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string full = WithPrefix(name);
        return All.FirstOrDefault(p => p.Equals(full, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The name with the prefix <c>KernelSim-</c>, added if it is missing.</summary>
    public static string WithPrefix(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name : Prefix + name;
    }
}
