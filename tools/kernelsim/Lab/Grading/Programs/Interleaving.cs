using System.Runtime.ExceptionServices;

namespace KernelSim.Tool.Lab.Grading.Programs;

/// <summary>
/// Stops one run of a program between two of its steps, lets another run go from its beginning to its end, and then has the first go on. The same
/// stop gives the same order on every host, however many processors that has.
/// </summary>
internal sealed class Interleaving : IDisposable
{
    /// <summary>A run of more steps waits for the one that is stopped, as at a lock that the other holds.</summary>
    private const int MostSteps = 20_000;

    private readonly ManualResetEventSlim _isAtStop = new();
    private readonly ManualResetEventSlim _mayGo = new();
    private Thread? _first;
    private int _stop;
    private int _firstSteps;
    private int _secondSteps;

    /// <summary>Where the first was stopped the last time, as a file and line; empty if that is not known.</summary>
    public string Place { get; private set; } = "";

    /// <summary>Runs both.</summary>
    /// <param name="stop">Before which step the first is stopped, from 1.</param>
    /// <param name="first">The run that is stopped; on a thread of its own.</param>
    /// <param name="second">The run that comes in between; on the calling thread.</param>
    /// <returns>False if the first ended before it came to the stop: the second was not run.</returns>
    public bool Run(int stop, Action first, Action second)
    {
        (_stop, _firstSteps, _secondSteps) = (stop, 0, 0);
        _isAtStop.Reset();
        _mayGo.Reset();
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                first();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                _isAtStop.Set();
            }
        })
        { IsBackground = true, Name = "first run" };
        Volatile.Write(ref _first, thread);
        thread.Start();
        _isAtStop.Wait();
        bool isReached = Volatile.Read(ref _firstSteps) >= stop;
        try
        {
            if (isReached)
            {
                second();
            }
        }
        finally
        {
            _mayGo.Set();
            thread.Join();
            Volatile.Write(ref _first, null);
        }

        failure?.Throw();
        return isReached;
    }

    /// <summary>A step of a program begins on the calling thread.</summary>
    /// <param name="place">File and line; empty if that is not known.</param>
    public void Step(string place)
    {
        if (Volatile.Read(ref _first) is not { } first)
        {
            return;
        }

        if (Thread.CurrentThread != first)
        {
            if (++_secondSteps == MostSteps)
            {
                _mayGo.Set();
            }
        }
        else if (++_firstSteps == _stop)
        {
            Place = place;
            _isAtStop.Set();
            _mayGo.Wait();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isAtStop.Dispose();
        _mayGo.Dispose();
    }
}
