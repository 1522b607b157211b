using System.Diagnostics.Tracing;
using System.Linq.Expressions;
using System.Reflection;

namespace KernelSim.Tracing.Tests.Support;

/// <summary>One event of a provider, found by reflection: what declares it, what callers call, and a sample payload for it.</summary>
internal sealed class TraceEventCase
{
    private readonly MethodInfo _caller;

    private TraceEventCase(EventSource provider, MethodInfo declaration, MethodInfo caller)
    {
        Provider = provider;
        Declaration = declaration;
        Attribute = declaration.GetCustomAttribute<EventAttribute>()!;
        _caller = caller;
    }

    public static IReadOnlyList<EventSource> Providers { get; } = [KernelEventSource.Log, UserApiEventSource.Log];

    public static IReadOnlyList<TraceEventCase> All { get; } = [.. Providers.SelectMany(EventsOf)];

    /// <summary>All events as rows of a theory.</summary>
    public static TheoryData<string, string> Names => [.. All.Select(e => (e.Provider.Name, e.Name))];

    public EventSource Provider { get; }

    /// <summary>The method that carries <see cref="EventAttribute"/>: its parameters are the fields on the wire.</summary>
    public MethodInfo Declaration { get; }

    public EventAttribute Attribute { get; }

    public string Name => Declaration.Name;

    /// <summary>Every field on the wire, from the request id to the sequence number.</summary>
    public IReadOnlyList<string> Fields => [.. Declaration.GetParameters().Select(p => p.Name!)];

    /// <summary>The fields between the first two and the last: what this event has to say.</summary>
    public IReadOnlyList<string> OwnFields => [.. Fields.Skip(2).SkipLast(1)];

    /// <summary>What callers of the public method give: its parameters but for the sequence number, which the provider fills in.</summary>
    public IReadOnlyList<string> CallerFields => [.. _caller.GetParameters().Select(p => p.Name!).Where(n => n != "sequence")];

    /// <summary>
    /// Name and sample value of each field but the sequence number, as it must arrive: booleans as 1, the processor of user mode as -1.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, object>> Payload
    {
        get
        {
            Dictionary<string, object> given = _caller.GetParameters().ToDictionary(p => p.Name!, Sample);
            return [.. Fields.SkipLast(1)
                .Select(name => KeyValuePair.Create(name, given.TryGetValue(name, out object? value) ? OnTheWire(value) : -1))];
        }
    }

    public static TraceEventCase Find(string provider, string name) => All.Single(e => e.Provider.Name == provider && e.Name == name);

    /// <summary>
    /// A call of the public method with the sample values, which does nothing else and allocates nothing. Where the method lets a caller
    /// name a sequence number it gets a sample too, which must not arrive.
    /// </summary>
    public Action CompileCall() =>
        Expression.Lambda<Action>(Expression.Call(
            Expression.Constant(Provider),
            _caller,
            _caller.GetParameters().Select(p => Expression.Constant(Sample(p), p.ParameterType)))).Compile();

    public override string ToString() => $"{Provider.Name}/{Name}";

    private static IEnumerable<TraceEventCase> EventsOf(EventSource provider)
    {
        MethodInfo[] methods = provider.GetType().GetMethods(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
        return methods
            .Where(m => m.GetCustomAttribute<EventAttribute>() is not null)
            .Select(m => new TraceEventCase(provider, m, methods.Single(c => c.Name == m.Name && c.IsPublic)));
    }

    /// <summary>A value that uses all bytes of its type, differs from parameter to parameter, and goes beyond ASCII where it can.</summary>
    private static object Sample(ParameterInfo parameter) => parameter.ParameterType.Name switch
    {
        nameof(Boolean) => true,
        nameof(Int32) => int.MinValue + parameter.Position,
        nameof(UInt32) => uint.MaxValue - (uint)parameter.Position,
        nameof(Int64) => long.MinValue + parameter.Position,
        nameof(UInt64) => ulong.MaxValue - (ulong)parameter.Position,
        nameof(String) => $"{parameter.Name} \u2192 \u00fc",
        string type => throw new NotSupportedException($"{parameter.Member.Name} takes a {type}."),
    };

    private static object OnTheWire(object value) => value is bool flag ? Convert.ToUInt32(flag) : value;
}
