using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode.Device;

/// <summary>The calls that a library has ready: as many as ever ran at once, each with its channel.</summary>
internal sealed class CallPool(Libbpf library)
{
    private readonly Lock _lock = new();
    private readonly Stack<ApiCall> _idle = new();
    private bool _closed;

    /// <summary>Takes an idle call, or makes one.</summary>
    public ApiCall Rent()
    {
        lock (_lock)
        {
            return _idle.TryPop(out ApiCall? call) ? call : new ApiCall(library);
        }
    }

    /// <summary>Gives a call back.</summary>
    public void Return(ApiCall call)
    {
        bool closed;
        lock (_lock)
        {
            closed = _closed;
            if (!closed)
            {
                _idle.Push(call);
            }
        }

        if (closed)
        {
            call.Channel.Close(call.RequestId);
        }
    }

    /// <summary>Closes all idle channels, and later those of calls that are still running.</summary>
    public void Close(ulong requestId)
    {
        ApiCall[] idle;
        lock (_lock)
        {
            _closed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (ApiCall call in idle)
        {
            call.Channel.Close(requestId);
        }
    }
}
