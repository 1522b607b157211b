using System.Collections.Frozen;
using System.Diagnostics.Tracing;
using System.Reflection;
using KernelSim.Tracing;

namespace KernelSim.TraceView.Data;

/// <summary>The message of each event, as its provider declares it.</summary>
internal static class ProviderMessages
{
    private static readonly FrozenDictionary<string, string> s_messages = new[]
    {
        (KernelEventSource.ProviderName, typeof(KernelEventSource)), (UserApiEventSource.ProviderName, typeof(UserApiEventSource)),
    }.SelectMany(p => p.Item2.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Select(m => (Key: $"{p.Item1}/{m.Name}", m.GetCustomAttribute<EventAttribute>()?.Message))
        .Where(m => m.Message is not null))
        .ToFrozenDictionary(m => m.Key, m => m.Message!);

    /// <summary>The message; empty for an event that this version does not know.</summary>
    public static string Of(string provider, string name) => s_messages.GetValueOrDefault($"{provider}/{name}", string.Empty);
}
