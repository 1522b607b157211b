using System.Diagnostics.Tracing;
using System.Reflection;

namespace KernelSim.Tracing;

/// <summary>
/// Numbers the events of a provider in this host process, from 1, each kind by itself: a kind is a level with a set of keywords, and a
/// session hears all events of a kind or none. Only events that somebody listens to count. So a number that is missing between two
/// others of its kind is a loss, whatever other sessions ask for.
/// </summary>
/// <remarks>Any thread may take a number; numbers are in no order with the time stamps.</remarks>
internal sealed class EventNumbers
{
    /// <summary>The kind of each event, by its id.</summary>
    private readonly int[] _kindOf;

    /// <summary>The last number that each kind has given. Every thread increments them.</summary>
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
