namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>
/// A call on a thread of its own that is held inside the kernel where the trace says that it copies a given element: between two
/// elements of a batch, say, in an epoch and below DISPATCH_LEVEL.
/// </summary>
/// <typeparam name="T">What the call gives.</typeparam>
internal sealed class ParkedCall<T> : IDisposable
{
    private readonly ManualResetEventSlim _reached = new();
    private readonly ManualResetEventSlim _release = new();
    private readonly KernelListener _listener;
    private readonly Task<T> _call;
    private int _parked;

    public ParkedCall(KernelListener listener, string stage, long element, Func<T> call)
    {
        _listener = listener;
        listener.Callback = seen =>
        {
            if (seen.Name == "Copy"
                && seen.Text("stage") == stage
                && seen.Number("element") == element
                && Interlocked.Exchange(ref _parked, 1) == 0)
            {
                _reached.Set();
                _release.WaitFor("the release of the parked call");
            }
        };
        _call = Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        int first = LimitedWaits.WaitForAny(
            _reached.WaitHandle, ((IAsyncResult)_call).AsyncWaitHandle, $"the copy of element {element} at {stage}");
        Assert.Equal(0, first);
    }

    /// <summary>True while the call is held.</summary>
    public bool IsHeld => !_call.IsCompleted;

    /// <summary>Lets the call go on and gives its result.</summary>
    public T Finish()
    {
        _release.Set();
        T result = _call.WaitFor("the parked call");
        _listener.Callback = null;
        return result;
    }

    public void Dispose()
    {
        _release.Set();
        _call.WaitFor("the parked call");
        _listener.Callback = null;
        _reached.Dispose();
        _release.Dispose();
    }
}
