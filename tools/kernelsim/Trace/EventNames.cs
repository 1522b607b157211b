using System.Diagnostics.Tracing;
using System.Reflection;
using KernelSim.Tracing;

namespace KernelSim.Tool.Trace;

/// <summary>The names of all events that the two providers write, from the same attributes as their manifests.</summary>
internal static class EventNames
{
    /// <summary>The names, each once, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { typeof(KernelEventSource), typeof(UserApiEventSource) }
            .SelectMany(p => p.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(m => m.IsDefined(typeof(EventAttribute)))
            .Select(m => m.Name)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];
}
