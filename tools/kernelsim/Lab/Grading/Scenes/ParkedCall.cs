using KernelSim.Nt;

namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>
/// A call on a thread of its own, which stops at a point until it is released. So the order of a race is decided, not left to chance.
/// </summary>
/// <param name="point">Where it stops; passed only once.</param>
/// <param name="call">Makes the call, on the new thread.</param>
internal sealed class ParkedCall(ParkPoint point, Func<SceneOutcome> call)
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private SceneOutcome? _fact;
    private bool _isParked;

    /// <summary>Starts the call, and waits until it is parked or has ended.</summary>
    /// <returns>Whether it is parked.</returns>
    public bool Start(TimeSpan limit)
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
        _stopped.Task.Wait(limit);
        return Volatile.Read(ref _isParked);
    }

    /// <summary>Parks the calling thread if it is the call's, and the point is its own and reached for the first time.</summary>
    public void Pass(ParkPoint reached)
    {
        if (reached == point && Thread.CurrentThread == _thread && !_isParked)
        {
            Volatile.Write(ref _isParked, true);
            _stopped.TrySetResult();
            _released.Task.Wait();
        }
    }

    /// <summary>Lets it go on, and waits for its end.</summary>
    /// <returns>What came of the call; null if the machine has stopped.</returns>
    public SceneOutcome? Release(TimeSpan limit)
    {
        _released.TrySetResult();
        return _thread!.Join(limit) ? _fact : null;
    }

    private void Run()
    {
        try
        {
            _fact = call();
        }
        catch (BugcheckException)
        {
            // The machine keeps the record.
        }
        finally
        {
            _stopped.TrySetResult();
        }
    }
}
