namespace KernelSim.UserMode.Calls;

/// <summary>
/// The calls of a library, each with its channel: one for each thread, which it takes and returns without a lock. A thread takes over the
/// call of one that has ended. A call within another one, from a ring's callback, is from a stack.
/// </summary>
internal sealed class CallPool(LibraryState library)
{
    private readonly Lock _lock = new();
    private readonly List<LibraryThread> _threads = [];
    private readonly Stack<ApiCall> _spare = new();
    private volatile bool _closed;

    /// <summary>Takes the calling thread's call, or another one if that is in progress.</summary>
    public ApiCall Rent(LibraryThread thread)
    {
        bool isNested = thread.IsBusy;
        if (!isNested)
        {
            // Set first, check second: either Close sees the thread busy, or the thread sees the pool closed. Close has the barrier.
            thread.IsBusy = true;
            if (thread.Call is { } call && !_closed)
            {
                return call;
            }
        }

        return RentAnother(thread, isNested);
    }

    /// <summary>Returns a call to the pool, before it has ended.</summary>
    public void Return(LibraryThread thread, ApiCall call)
    {
        if (ReferenceEquals(call, thread.Call))
        {
            thread.IsBusy = false;
        }
        else
        {
            lock (_lock)
            {
                _spare.Push(call);
            }
        }

        // Checked after the call was returned: either Close finds it idle, or it is closed here.
        if (_closed)
        {
            CloseIdle(call.RequestId);
        }
    }

    /// <summary>Closes all idle channels, and later those of calls that are still running.</summary>
    public void Close(ulong requestId)
    {
        _closed = true;
        Interlocked.MemoryBarrierProcessWide();
        CloseIdle(requestId);
    }

    private ApiCall RentAnother(LibraryThread thread, bool isNested)
    {
        lock (_lock)
        {
            if (isNested || _closed)
            {
                thread.IsBusy = isNested;
                return Spare();
            }

            int ended = _threads.FindIndex(static t => t.HasEnded);
            if (ended < 0)
            {
                ApiCall call = Spare();
                thread.Call = call;
                _threads.Add(thread);
                return call;
            }

            thread.Call = _threads[ended].Call;
            _threads[ended] = thread;
            return thread.Call!;
        }
    }

    private ApiCall Spare() => _spare.TryPop(out ApiCall? call) ? call : new ApiCall(library);

    private void CloseIdle(ulong requestId)
    {
        lock (_lock)
        {
            foreach (LibraryThread thread in _threads)
            {
                if (!thread.IsBusy)
                {
                    thread.Call?.Channel.Close(requestId);
                }
            }

            while (_spare.TryPop(out ApiCall? call))
            {
                call.Channel.Close(requestId);
            }
        }
    }
}
