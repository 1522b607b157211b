namespace KernelSim.UserMode.Calls;

/// <summary>The idle calls of a library: as many as ever ran at once, each with its channel.</summary>
/// <remarks>
/// One idle call is in a slot that takes no lock: enough for a single-threaded program. The others are on a stack.
/// </remarks>
internal sealed class CallPool(LibraryState library)
{
    private readonly Lock _lock = new();
    private readonly Stack<ApiCall> _idle = new();
    private ApiCall? _spare;
    private volatile bool _closed;

    /// <summary>Takes an idle call, or creates one.</summary>
    public ApiCall Rent() => Interlocked.Exchange(ref _spare, null) ?? RentAnother();

    /// <summary>Returns a call to the pool, before it has ended.</summary>
    public void Return(ApiCall call)
    {
        if (Interlocked.CompareExchange(ref _spare, call, null) is not null)
        {
            lock (_lock)
            {
                _idle.Push(call);
            }
        }

        // Checked after the call was stored: either Close finds it there, or it is closed here.
        if (_closed)
        {
            CloseIdle(call.RequestId);
        }
    }

    /// <summary>Closes all idle channels, and later those of calls that are still running.</summary>
    public void Close(ulong requestId)
    {
        _closed = true;
        CloseIdle(requestId);
    }

    private ApiCall RentAnother()
    {
        lock (_lock)
        {
            return _idle.TryPop(out ApiCall? call) ? call : new ApiCall(library);
        }
    }

    private void CloseIdle(ulong requestId)
    {
        Interlocked.Exchange(ref _spare, null)?.Channel.Close(requestId);
        lock (_lock)
        {
            while (_idle.TryPop(out ApiCall? call))
            {
                call.Channel.Close(requestId);
            }
        }
    }
}
