using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Mm;

/// <summary>The calls in progress in a process by threads of one processor: a part of <see cref="CallTable"/>.</summary>
internal sealed class CallList
{
    private const ulong SetAside = ulong.MaxValue;

    // In the order in which they began or were taken up: oldest era first, except for those put aside.
    private Entry[] _calls = new Entry[8];
    private HostSpinLock _lock = new(LockRank.CallTable);
    private int _count;
    private ulong _lastPin;
    internal readonly CacheLinePad Pad = new();

    public bool IsEmpty
    {
        get
        {
            _lock.Enter();
            bool empty = _count == 0;
            _lock.Exit();
            return empty;
        }
    }

    /// <summary>Begins a call; request id 0 is the kernel's. False once the table is closed.</summary>
    public bool TryAdd(CallTable table, ulong requestId, out ulong pin)
    {
        pin = 0;
        _lock.Enter();
        if (!table.IsClosed)
        {
            if (_count == _calls.Length)
            {
                Array.Resize(ref _calls, _count * 2);
            }

            pin = ++_lastPin;
            _calls[_count++] = new Entry { RequestId = requestId, Pin = pin, Era = table.Era };
        }

        _lock.Exit();
        return pin != 0;
    }

    /// <summary>Ends the latest call under a request id, if there is one, and tells whether the table had been closed by then.</summary>
    public bool TryEnd(CallTable table, ulong requestId, out bool closed)
    {
        _lock.Enter();
        int at = requestId == 0 ? -1 : _count - 1;
        while (at >= 0 && _calls[at].RequestId != requestId)
        {
            at--;
        }

        RemoveLocked(at);
        closed = table.IsClosed;
        _lock.Exit();
        return at >= 0;
    }

    /// <summary>Ends a kernel call, and tells whether the table had been closed by then.</summary>
    public bool Unpin(CallTable table, ulong pin)
    {
        _lock.Enter();
        RemoveLocked(IndexOfLocked(pin));
        bool closed = table.IsClosed;
        _lock.Exit();
        return closed;
    }

    public void PutAside(ulong pin)
    {
        _lock.Enter();
        _calls[IndexOfLocked(pin)].Era = SetAside;
        _lock.Exit();
    }

    public void TakeUp(CallTable table, ulong pin)
    {
        _lock.Enter();
        int at = IndexOfLocked(pin);
        Entry entry = _calls[at];
        entry.Era = table.Era;
        RemoveLocked(at);
        _calls[_count++] = entry;
        _lock.Exit();
    }

    public ulong OldestEra()
    {
        ulong era = SetAside;
        _lock.Enter();
        for (int i = 0; i < _count && era == SetAside; i++)
        {
            era = _calls[i].Era;
        }

        _lock.Exit();
        return era;
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

    private void RemoveLocked(int at)
    {
        if (at < 0)
        {
            return;
        }

        // The few after it move up; as a rule it is the last.
        if (at != --_count)
        {
            _calls.AsSpan(at + 1, _count - at).CopyTo(_calls.AsSpan(at));
        }
    }

    /// <summary>One call. A request id of 0 marks a kernel call.</summary>
    private struct Entry
    {
        public ulong RequestId;
        public ulong Pin;
        public ulong Era;
    }
}
