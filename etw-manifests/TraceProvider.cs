using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace KernelSim.Tracing;

/// <summary>
/// The common base of the two providers: every event starts with a request id (0: outside a call) and a processor (-1: user mode), ends with
/// its sequence number, costs one branch when off, and is written without allocating.
/// </summary>
/// <remarks>
/// An event method passes its id and fields to <c>Write</c>, which is inlined up to the branch on any listener. What follows is never
/// inlined: it finds level and keywords by the id, and packs the fields if there is a listener for them. The last parameter of an event
/// method is <c>ulong sequence = 0</c>: it adds the field to the manifest; callers do not pass it, and <c>Write</c> sets its value. Start
/// and Stop events have <see cref="EventActivityOptions.Disable"/>: the request id in the payload pairs them, and the runtime's ambient
/// activities, which allocate, are not used.
/// </remarks>
public abstract class TraceProvider : EventSource
{
    /// <summary>
    /// Maximum number of fields of an event between the first two and the last. Each may be a string and is pinned while it is written.
    /// </summary>
    private const int MaxFields = 7;

    /// <summary>Created for the first event that may be written: without tracing it costs nothing.</summary>
    private EventTable? _events;

    private protected TraceProvider()
    {
    }

    /// <summary>Number of events that this provider has written in this host process.</summary>
    internal long EventsWritten => Volatile.Read(ref _events)?.Written ?? 0;

    /// <summary>
    /// Whether there is a listener at this level for any of these keywords, or for the channel of such events. Replaces the method of the
    /// base class, which ignores channels.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public new bool IsEnabled(EventLevel level, EventKeywords keywords) =>
        IsEnabled() && IsEnabled(level, keywords, EventChannels.Of(level, keywords));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Write<T1>(int eventId, ulong requestId, int processor, T1 f1)
    {
        if (IsEnabled())
        {
            WriteListened(eventId, requestId, processor, f1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Write<T1, T2>(int eventId, ulong requestId, int processor, T1 f1, T2 f2)
    {
        if (IsEnabled())
        {
            WriteListened(eventId, requestId, processor, f1, f2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Write<T1, T2, T3>(int eventId, ulong requestId, int processor, T1 f1, T2 f2, T3 f3)
    {
        if (IsEnabled())
        {
            WriteListened(eventId, requestId, processor, f1, f2, f3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Write<T1, T2, T3, T4>(int eventId, ulong requestId, int processor, T1 f1, T2 f2, T3 f3, T4 f4)
    {
        if (IsEnabled())
        {
            WriteListened(eventId, requestId, processor, f1, f2, f3, f4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Write<T1, T2, T3, T4, T5>(int eventId, ulong requestId, int processor, T1 f1, T2 f2, T3 f3, T4 f4, T5 f5)
    {
        if (IsEnabled())
        {
            WriteListened(eventId, requestId, processor, f1, f2, f3, f4, f5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Write<T1, T2, T3, T4, T5, T6>(
        int eventId, ulong requestId, int processor, T1 f1, T2 f2, T3 f3, T4 f4, T5 f5, T6 f6)
    {
        if (IsEnabled())
        {
            WriteListened(eventId, requestId, processor, f1, f2, f3, f4, f5, f6);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Write<T1, T2, T3, T4, T5, T6, T7>(
        int eventId, ulong requestId, int processor, T1 f1, T2 f2, T3 f3, T4 f4, T5 f5, T6 f6, T7 f7)
    {
        if (IsEnabled())
        {
            WriteListened(eventId, requestId, processor, f1, f2, f3, f4, f5, f6, f7);
        }
    }

    /// <summary>Whether there is a listener for an event: at its level, for any of its keywords or for its channel.</summary>
    private bool IsOn(int eventId)
    {
        ref readonly EventTable.Row row = ref (_events ?? CreateEvents())[eventId];
        return IsEnabled(row.Level, row.Keywords);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteListened<T1>(int eventId, ulong requestId, int processor, T1 f1)
    {
        if (IsOn(eventId))
        {
            Write(eventId, requestId, processor, [EventField.Of(f1)]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteListened<T1, T2>(int eventId, ulong requestId, int processor, T1 f1, T2 f2)
    {
        if (IsOn(eventId))
        {
            Write(eventId, requestId, processor, [EventField.Of(f1), EventField.Of(f2)]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteListened<T1, T2, T3>(int eventId, ulong requestId, int processor, T1 f1, T2 f2, T3 f3)
    {
        if (IsOn(eventId))
        {
            Write(eventId, requestId, processor, [EventField.Of(f1), EventField.Of(f2), EventField.Of(f3)]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteListened<T1, T2, T3, T4>(int eventId, ulong requestId, int processor, T1 f1, T2 f2, T3 f3, T4 f4)
    {
        if (IsOn(eventId))
        {
            Write(eventId, requestId, processor, [EventField.Of(f1), EventField.Of(f2), EventField.Of(f3), EventField.Of(f4)]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteListened<T1, T2, T3, T4, T5>(int eventId, ulong requestId, int processor, T1 f1, T2 f2, T3 f3, T4 f4, T5 f5)
    {
        if (IsOn(eventId))
        {
            Write(eventId, requestId, processor, [EventField.Of(f1), EventField.Of(f2), EventField.Of(f3), EventField.Of(f4), EventField.Of(f5)]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteListened<T1, T2, T3, T4, T5, T6>(
        int eventId, ulong requestId, int processor, T1 f1, T2 f2, T3 f3, T4 f4, T5 f5, T6 f6)
    {
        if (IsOn(eventId))
        {
            Write(
                eventId,
                requestId,
                processor,
                [EventField.Of(f1), EventField.Of(f2), EventField.Of(f3), EventField.Of(f4), EventField.Of(f5), EventField.Of(f6)]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteListened<T1, T2, T3, T4, T5, T6, T7>(
        int eventId, ulong requestId, int processor, T1 f1, T2 f2, T3 f3, T4 f4, T5 f5, T6 f6, T7 f7)
    {
        if (IsOn(eventId))
        {
            Write(
                eventId,
                requestId,
                processor,
                [
                    EventField.Of(f1), EventField.Of(f2), EventField.Of(f3), EventField.Of(f4), EventField.Of(f5), EventField.Of(f6),
                    EventField.Of(f7)
                ]);
        }
    }

    /// <summary>
    /// The only place that builds a payload: descriptors and numbers on the stack, strings pinned in place. All pointers stay
    /// valid until <see cref="EventSource.WriteEventCore"/> returns, which has copied the data by then.
    /// </summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Fields are numbers and strings.")]
    private unsafe void Write(int eventId, ulong requestId, int processor, ReadOnlySpan<EventField> fields)
    {
        ulong sequence = _events!.Next(eventId);
        EventData* data = stackalloc EventData[2 + MaxFields + 1];
        data[0] = new EventData { DataPointer = (nint)(&requestId), Size = sizeof(ulong) };
        data[1] = new EventData { DataPointer = (nint)(&processor), Size = sizeof(int) };

        long* numbers = stackalloc long[MaxFields];
        fixed (char* t0 = TextOf(fields, 0), t1 = TextOf(fields, 1), t2 = TextOf(fields, 2), t3 = TextOf(fields, 3))
        fixed (char* t4 = TextOf(fields, 4), t5 = TextOf(fields, 5), t6 = TextOf(fields, 6))
        {
            char** texts = stackalloc char*[MaxFields] { t0, t1, t2, t3, t4, t5, t6 };
            for (int i = 0; i < fields.Length; i++)
            {
                ref readonly EventField field = ref fields[i];
                numbers[i] = field.Number;
                data[2 + i] = field.Text is null
                    ? new EventData { DataPointer = (nint)(&numbers[i]), Size = field.Size }
                    : new EventData { DataPointer = (nint)texts[i], Size = (field.Text.Length + 1) * sizeof(char) };
            }

            data[2 + fields.Length] = new EventData { DataPointer = (nint)(&sequence), Size = sizeof(ulong) };
            WriteEventCore(eventId, 2 + fields.Length + 1, data);
        }
    }

    /// <summary>If several threads write the first events at once, all get the same instance.</summary>
    private EventTable CreateEvents()
    {
        EventTable created = new(GetType());
        return Interlocked.CompareExchange(ref _events, created, null) ?? created;
    }

    private static string? TextOf(ReadOnlySpan<EventField> fields, int index) => index < fields.Length ? fields[index].Text : null;
}
