using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Mm;

/// <summary>
/// The calls in progress in a process: each pins its memory. Rundown protection that also tracks the age of the oldest call, so
/// that a block freed during calls need not wait until there are none.
/// </summary>
/// <remarks>
/// There are two kinds of calls: those that the process's code begins and ends by request id, and the kernel's own, which only the kernel can
/// end, by a pin that only it knows. While a kernel call waits and uses no memory it can be put aside, so that memory freed
/// meanwhile returns to the host; it still counts as in progress.
/// </remarks>
internal sealed class CallTable
{
    private const ulong SetAside = ulong.MaxValue;

    // Ordered by stamp, oldest first, except for those put aside.
    private Entry[] _calls = new Entry[4];
    private HostSpinLock _lock = new(LockRank.CallTable);
    private int _count;
    private ulong _lastStamp;
    private bool _closed;

    /// <summary>Begins a call of the process's own code; false once the process has ended.</summary>
    public bool TryBegin(ulong requestId) => TryAdd(requestId, out _);

    /// <summary>Begins a kernel call; false once the process has ended.</summary>
    public bool TryPin(out ulong pin) => TryAdd(requestId: 0, out pin);

    /// <summary>
    /// Ends the latest call that the process's code began under a request id, if there is one. True if it was the last call in a
    /// process that has ended.
    /// </summary>
    public bool End(ulong requestId)
    {
        _lock.Enter();
        int at = requestId == 0 ? -1 : _count - 1;
        while (at >= 0 && _calls[at].RequestId != requestId)
        {
            at--;
        }

        bool last = RemoveLocked(at);
        _lock.Exit();
        return last;
    }

    /// <summary>Ends a kernel call. True if it was the last call in a process that has ended.</summary>
    public bool Unpin(ulong pin)
    {
        _lock.Enter();
        bool last = RemoveLocked(IndexOfLocked(pin));
        _lock.Exit();
        return last;
    }

    /// <summary>Puts a kernel call aside before it waits: it uses no memory now, and will look up what it needs again.</summary>
    public void PutAside(ulong pin)
    {
        _lock.Enter();
        _calls[IndexOfLocked(pin)].Stamp = SetAside;
        _lock.Exit();
    }

    /// <summary>Resumes a call that was put aside, as if it began now.</summary>
    public void TakeUp(ulong pin)
    {
        _lock.Enter();
        int at = IndexOfLocked(pin);
        Entry entry = _calls[at];
        entry.Stamp = ++_lastStamp;
        _calls.AsSpan(at + 1, _count - at - 1).CopyTo(_calls.AsSpan(at));
        _calls[_count - 1] = entry;
        _lock.Exit();
    }

    /// <summary>Refuses new calls from now on. True if none is in progress.</summary>
    public bool Close()
    {
        _lock.Enter();
        _closed = true;
        bool empty = _count == 0;
        _lock.Exit();
        return empty;
    }

    /// <summary>A stamp that is not younger than any call in progress now.</summary>
    public ulong Stamp()
    {
        _lock.Enter();
        ulong stamp = _lastStamp;
        _lock.Exit();
        return stamp;
    }

    /// <summary>The stamp of the oldest call that may use memory; greater than every stamp if there is none.</summary>
    public ulong OldestStamp()
    {
        ulong stamp = ulong.MaxValue;
        _lock.Enter();
        for (int i = 0; i < _count && stamp == SetAside; i++)
        {
            stamp = _calls[i].Stamp;
        }

        _lock.Exit();
        return stamp;
    }

    private bool TryAdd(ulong requestId, out ulong pin)
    {
        pin = 0;
        _lock.Enter();
        if (!_closed)
        {
            if (_count == _calls.Length)
            {
                Array.Resize(ref _calls, _count * 2);
            }

            pin = ++_lastStamp;
            _calls[_count++] = new Entry { RequestId = requestId, Pin = pin, Stamp = pin };
        }

        _lock.Exit();
        return pin != 0;
    }

    private int IndexOfLocked(ulong pin)
    {
        int at = _count - 1;
        while (at >= 0 && _calls[at].Pin != pin)
        {
            at--;
        }

        return at;
    }

    private bool RemoveLocked(int at)
    {
        if (at < 0)
        {
            return false;
        }

        // Ordered by begin, oldest first: the few after it move up.
        _calls.AsSpan(at + 1, _count - at - 1).CopyTo(_calls.AsSpan(at));
        _count--;
        return _closed && _count == 0;
    }

    /// <summary>One call. A request id of 0 marks a kernel call.</summary>
    private struct Entry
    {
        public ulong RequestId;
        public ulong Pin;
        public ulong Stamp;
    }
}
