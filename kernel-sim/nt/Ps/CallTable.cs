using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ps;

/// <summary>
/// The calls that a process has in progress: each pins its memory. Rundown protection that also knows how old the oldest call is, so
/// that a block freed while others call need not wait until nobody calls.
/// </summary>
internal sealed class CallTable
{
    private (ulong RequestId, ulong Stamp)[] _calls = new (ulong, ulong)[4];
    private HostSpinLock _lock;
    private int _count;
    private ulong _lastStamp;
    private bool _closed;

    /// <summary>Begins a call; false once the process has ended.</summary>
    public bool TryBegin(ulong requestId)
    {
        bool begun = false;
        _lock.Enter();
        if (!_closed)
        {
            if (_count == _calls.Length)
            {
                Array.Resize(ref _calls, _count * 2);
            }

            _calls[_count++] = (requestId, ++_lastStamp);
            begun = true;
        }

        _lock.Exit();
        return begun;
    }

    /// <summary>Ends the latest call under a request id. True when it was the last one of a process that has ended.</summary>
    public bool End(ulong requestId)
    {
        bool ended = false;
        _lock.Enter();
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_calls[i].RequestId == requestId)
            {
                // In order of beginning, oldest first: the few behind it move up.
                _calls.AsSpan(i + 1, _count - i - 1).CopyTo(_calls.AsSpan(i));
                _count--;
                ended = true;
                break;
            }
        }

        bool last = ended && _closed && _count == 0;
        _lock.Exit();
        return last;
    }

    /// <summary>Lets no call begin any more. True when none is in progress.</summary>
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

    /// <summary>The stamp of the oldest call in progress; greater than every stamp when there is none.</summary>
    public ulong OldestStamp()
    {
        _lock.Enter();
        ulong stamp = _count == 0 ? ulong.MaxValue : _calls[0].Stamp;
        _lock.Exit();
        return stamp;
    }
}
