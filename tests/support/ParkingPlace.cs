namespace KernelSim.Tests;

/// <summary>Where one thread parks until another opens it, which can wait until the first has arrived.</summary>
public sealed class ParkingPlace : IDisposable
{
    private readonly ManualResetEventSlim _arrived = new();
    private readonly ManualResetEventSlim _open = new();

    /// <summary>Parks the calling thread.</summary>
    public void Park()
    {
        _arrived.Set();
        _open.WaitFor("the parking place to open");
    }

    /// <summary>Waits until a thread has parked.</summary>
    /// <param name="what">What the failure says if the limit is reached.</param>
    public void WaitForArrival(string what = "a thread to park") => _arrived.WaitFor(what);

    /// <summary>Waits until a thread has parked, or a handle is signalled; whether a thread has parked.</summary>
    public bool WaitForArrivalOr(WaitHandle other, string what) => LimitedWaits.WaitForAny(_arrived.WaitHandle, other, what) == 0;

    /// <summary>Lets the parked thread go, and any that arrives later.</summary>
    public void Open() => _open.Set();

    public void Dispose()
    {
        _arrived.Dispose();
        _open.Dispose();
    }
}
