using System.Diagnostics;

namespace KernelSim.Nt.Ke;

/// <summary>
/// What one host thread waits for and another sets, once for each wait. Not part of the simulated kernel: threads hand each other their turn
/// with it.
/// </summary>
internal sealed class HostSignal
{
    // A turn is short as a rule: as long as it takes to get to sleep and be woken.
    private const int Spins = 35;

    private readonly object _lock = new();
    private bool _isSet;

    public void Set()
    {
        lock (_lock)
        {
            _isSet = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Waits until it is set, and clears it. False when the time ran out first.</summary>
    /// <param name="milliseconds">How long; <see cref="Timeout.Infinite"/>: until it is set.</param>
    public bool Wait(int milliseconds = Timeout.Infinite)
    {
        SpinWait spin = default;
        while (!Volatile.Read(ref _isSet) && spin.Count < Spins)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        long began = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            while (!_isSet)
            {
                int left = milliseconds == Timeout.Infinite
                    ? milliseconds
                    : (int)Math.Max(0, milliseconds - (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (left == 0)
                {
                    return false;
                }

                Monitor.Wait(_lock, left);
            }

            _isSet = false;
            return true;
        }
    }
}
