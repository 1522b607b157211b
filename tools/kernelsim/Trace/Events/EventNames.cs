using System.Diagnostics.Tracing;
using System.Reflection;
using KernelSim.Tracing;

namespace KernelSim.Tool.Trace;

/// <summary>The names of all events of the two providers, from the same attributes as their manifests.</summary>
internal static class EventNames
{
    /// <summary>The distinct names, in alphabetical order.</summary>
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
