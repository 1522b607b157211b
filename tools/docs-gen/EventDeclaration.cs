using System.Diagnostics.Tracing;
using System.Reflection;

namespace KernelSim.DocsGen;

/// <summary>An event as its provider declares it.</summary>
internal sealed record EventDeclaration(EventSource Provider, MethodInfo Method, EventAttribute Attribute)
{
    public string Name => Method.Name;

    /// <summary>All fields on the wire.</summary>
    public IReadOnlyList<ParameterInfo> Fields => Method.GetParameters();

    /// <summary>The fields between the first two and the last, which every event has.</summary>
    public IReadOnlyList<ParameterInfo> OwnFields => [.. Fields.Skip(2).SkipLast(1)];

    /// <summary>The events of a provider, by id.</summary>
    public static IReadOnlyList<EventDeclaration> Of(EventSource provider) =>
    [
        .. from method in provider.GetType().GetMethods(
               BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           let attribute = method.GetCustomAttribute<EventAttribute>()
           where attribute is not null
           orderby attribute.EventId
           select new EventDeclaration(provider, method, attribute),
    ];
}
