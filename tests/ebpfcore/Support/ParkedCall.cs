namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>
/// A call on a thread of its own that is held inside the kernel where the trace says that it copies a given element: between two
/// elements of a batch, say, in an epoch and below DISPATCH_LEVEL.
/// </summary>
/// <typeparam name="T">What the call gives.</typeparam>
internal sealed class ParkedCall<T> : IDisposable
{
    private readonly ParkingPlace _parking = new();
    private readonly MachineEvents _listener;
    private readonly Task<T> _call;
    private int _parked;

    public ParkedCall(MachineEvents listener, string stage, long element, Func<T> call)
    {
        _listener = listener;
        listener.OnEvent = seen =>
        {
            if (seen.Name == "Copy"
                && seen.Text("stage") == stage
                && seen.Number("element") == element
                && Interlocked.Exchange(ref _parked, 1) == 0)
            {
                _parking.Park();
            }
        };
        _call = Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(_parking.WaitForArrivalOr(((IAsyncResult)_call).AsyncWaitHandle, $"the copy of element {element} at {stage}"));
    }

    /// <summary>True while the call is held.</summary>
    public bool IsHeld => !_call.IsCompleted;

    /// <summary>Lets the call go on and gives its result.</summary>
    public T Finish()
    {
        _parking.Open();
        T result = _call.WaitFor("the parked call");
        _listener.OnEvent = null;
        return result;
    }

    public void Dispose()
    {
        _parking.Open();
        _call.WaitFor("the parked call");
        _listener.OnEvent = null;
        _parking.Dispose();
    }
}
