using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Mm;

/// <summary>
/// The calls in progress in a process: each pins its memory. Rundown protection that also tracks the age of the oldest call, so
/// that a block freed during calls need not wait until there are none.
/// </summary>
/// <remarks>
/// <para>
/// There are two kinds of calls: those that the process's code begins and ends by request id, and the kernel's own, which only the kernel can
/// end, by a pin that only it knows. While a kernel call waits and uses no memory it can be put aside, so that memory freed
/// meanwhile returns to the host; it still counts as in progress.
/// </para>
/// <para>
/// Each processor has its own list, which the threads use whose home it is. Ages are eras: an era ends when memory is freed. Who frees locks one
/// list after the other: a call is either found there, or begins later, in a newer era, and finds the memory gone.
/// </para>
/// </remarks>
internal sealed class CallTable(int processors)
{
    private readonly ProcessorLocal<CallList> _lists = new(processors);
    private ulong _era = 1;
    private bool _closed;

    /// <summary>True once new calls are refused.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>The era that a call belongs to that begins now.</summary>
    internal ulong Era => Volatile.Read(ref _era);

    /// <summary>Begins a call of the process's own code; false once the process has ended.</summary>
    public bool TryBegin(KeThread thread, ulong requestId) => ListOf(thread).TryAdd(this, requestId, out _);

    /// <summary>Begins a kernel call; false once the process has ended.</summary>
    public bool TryPin(KeThread thread, out ulong pin) => ListOf(thread).TryAdd(this, requestId: 0, out pin);

    /// <summary>
    /// Ends the latest call that the process's code began under a request id, if there is one, usually on the same thread. True if it was the
    /// last call in a process that has ended.
    /// </summary>
    /// <param name="thread">The calling thread; null if it has no context in the machine any more.</param>
    /// <param name="requestId">The call's request id.</param>
    public bool End(KeThread? thread, ulong requestId)
    {
        bool closed = false;
        bool found = thread is not null && ListOf(thread).TryEnd(this, requestId, out closed);
        ReadOnlySpan<CallList?> lists = found ? [] : _lists.All;
        for (int i = 0; i < lists.Length && !found; i++)
        {
            found = lists[i]?.TryEnd(this, requestId, out closed) ?? false;
        }

        return found && closed && IsEmpty();
    }

    /// <summary>Ends a kernel call. True if it was the last call in a process that has ended.</summary>
    public bool Unpin(KeThread thread, ulong pin) => ListOf(thread).Unpin(this, pin) && IsEmpty();

    /// <summary>Puts a kernel call aside before it waits: it uses no memory now, and will look up what it needs again.</summary>
    public void PutAside(KeThread thread, ulong pin) => ListOf(thread).PutAside(pin);

    /// <summary>Resumes a call that was put aside, as if it began now.</summary>
    public void TakeUp(KeThread thread, ulong pin) => ListOf(thread).TakeUp(this, pin);

    /// <summary>Refuses new calls from now on. True if none is in progress.</summary>
    public bool Close()
    {
        // Before the lists are looked at: a call that begins or ends unseen sees this under its list's lock, also in a list that does not exist yet.
        Volatile.Write(ref _closed, true);
        return IsEmpty();
    }

    /// <summary>Ends the era. Returns its number: no call in progress is younger.</summary>
    public ulong EndEra() => Interlocked.Increment(ref _era) - 1;

    /// <summary>The era of the oldest call that may use memory; greater than every era if there is none.</summary>
    public ulong OldestEra()
    {
        ulong oldest = ulong.MaxValue;
        foreach (CallList? list in _lists.All)
        {
            oldest = Math.Min(oldest, list?.OldestEra() ?? ulong.MaxValue);
        }

        return oldest;
    }

    private bool IsEmpty()
    {
        foreach (CallList? list in _lists.All)
        {
            if (list is { IsEmpty: false })
            {
                return false;
            }
        }

        return true;
    }

    private CallList ListOf(KeThread thread) => _lists.Of(thread.HomeNumber);
}
