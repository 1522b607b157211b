using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Reflection;
using KernelSim.Tracing;

namespace KernelSim.TraceView.Data;

/// <summary>The message of each event, as its provider declares it.</summary>
internal static class ProviderMessages
{
    private const DynamicallyAccessedMemberTypes Methods =
        DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods;

    private static readonly FrozenDictionary<string, string> s_messages = MessagesOf<KernelEventSource>(KernelEventSource.ProviderName)
        .Concat(MessagesOf<UserApiEventSource>(UserApiEventSource.ProviderName))
        .ToFrozenDictionary();

    /// <summary>The message; empty for an event that this version does not know.</summary>
    public static string Of(string provider, string name) => s_messages.GetValueOrDefault($"{provider}/{name}", string.Empty);

    private static IEnumerable<KeyValuePair<string, string>> MessagesOf<[DynamicallyAccessedMembers(Methods)] T>(string provider)
    {
        foreach (MethodInfo method in typeof(T).GetMethods(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            if (method.GetCustomAttribute<EventAttribute>()?.Message is { } message)
            {
                yield return new($"{provider}/{method.Name}", message);
            }
        }
    }
}
