namespace KernelSim.Nt.Tests;

/// <summary>Where one thread parks until another lets it go, which can wait until it has arrived.</summary>
internal sealed class ParkingPlace : IDisposable
{
    private readonly ManualResetEventSlim _arrived = new();
    private readonly ManualResetEventSlim _open = new();

    /// <summary>Parks the calling thread.</summary>
    public void Park()
    {
        _arrived.Set();
        _open.WaitFor("the parking place to open");
    }

    /// <summary>Waits until somebody is parked.</summary>
    public void WaitForArrival() => _arrived.WaitFor("a thread to park");

    /// <summary>Lets go whoever is parked or will be.</summary>
    public void Open() => _open.Set();

    public void Dispose()
    {
        _arrived.Dispose();
        _open.Dispose();
    }
}
