using System.Diagnostics.Tracing;
using System.Reflection;

namespace KernelSim.Tracing;

/// <summary>
/// Numbers the events of a provider in this host process, from 1, each kind separately: a kind is a level with a set of keywords, and a
/// session receives all events of a kind or none. Only events with a listener count. So a number that is missing between two
/// others of its kind is a loss, whatever other sessions request.
/// </summary>
/// <remarks>Any thread may take a number; the order of numbers and that of time stamps are independent.</remarks>
internal sealed class EventNumbers
{
    /// <summary>The kind of each event, by its id.</summary>
    private readonly int[] _kindOf;

    /// <summary>The last number used by each kind. Every thread increments them.</summary>
    private readonly ulong[] _last;

    public EventNumbers(Type provider)
    {
        EventAttribute[] events =
        [
            .. provider.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Select(m => m.GetCustomAttribute<EventAttribute>()).OfType<EventAttribute>(),
        ];
        Dictionary<(EventLevel, EventKeywords), int> kinds = [];
        _kindOf = new int[events.Max(e => e.EventId) + 1];
        foreach (EventAttribute e in events)
        {
            kinds.TryAdd((e.Level, e.Keywords), kinds.Count);
            _kindOf[e.EventId] = kinds[(e.Level, e.Keywords)];
        }

        _last = new ulong[kinds.Count];
    }

    /// <summary>The next number for an event.</summary>
    public ulong Next(int eventId) => Interlocked.Increment(ref _last[_kindOf[eventId]]);
}
