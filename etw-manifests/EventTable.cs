using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Reflection;

namespace KernelSim.Tracing;

/// <summary>
/// The events of a provider by their ids: level and keywords as the attributes give them, and the numbers of the events that it wrote in
/// this host process. Each kind, a level with a set of keywords, is numbered separately from 1: a session receives all events of a kind or
/// none. Only events with a listener count. So a number that is missing between two others of its kind is a loss, whatever other sessions
/// request.
/// </summary>
/// <remarks>Any thread may take a number; the order of numbers and that of time stamps are independent.</remarks>
internal sealed class EventTable
{
    private readonly Row[] _rows;

    /// <summary>The last number used by each kind. Every thread increments them.</summary>
    private readonly ulong[] _last;

    public EventTable(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods)] Type provider)
    {
        EventAttribute[] events =
        [
            .. provider.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Select(m => m.GetCustomAttribute<EventAttribute>()).OfType<EventAttribute>(),
        ];
        Dictionary<(EventLevel, EventKeywords), int> kinds = [];
        _rows = new Row[events.Max(e => e.EventId) + 1];
        foreach (EventAttribute e in events)
        {
            kinds.TryAdd((e.Level, e.Keywords), kinds.Count);
            _rows[e.EventId] = new Row(e.Level, e.Keywords, kinds[(e.Level, e.Keywords)]);
        }

        _last = new ulong[kinds.Count];
    }

    /// <summary>Number of events of all kinds.</summary>
    public long Written
    {
        get
        {
            ulong sum = 0;
            foreach (ref ulong last in _last.AsSpan())
            {
                sum += Volatile.Read(ref last);
            }

            return (long)sum;
        }
    }

    /// <summary>The row of an event.</summary>
    public ref readonly Row this[int eventId] => ref _rows[eventId];

    /// <summary>The next number for an event.</summary>
    public ulong Next(int eventId) => Interlocked.Increment(ref _last[_rows[eventId].Kind]);

    /// <summary>What an event's attribute says, and the number of its kind.</summary>
    public readonly record struct Row(EventLevel Level, EventKeywords Keywords, int Kind);
}
