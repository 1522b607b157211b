using System.Runtime.InteropServices;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// Why a verb that goes on by itself ends: Ctrl-C, a request to terminate, a terminal that hangs up, or its duration. Acts once, on a
/// thread of its own; asking again ends the host process at once.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _signals;
    private readonly CancellationTokenSource _stop;
    private readonly Action? _abandon;

    /// <summary>Listens.</summary>
    /// <param name="duration">After how long; null: never by itself.</param>
    /// <param name="stop">What to do.</param>
    /// <param name="abandon">What to do at once when the host process is asked again, right before it ends; null: nothing.</param>
    public StopSignal(TimeSpan? duration, Action stop, Action? abandon = null)
    {
        _abandon = abandon;
        _stop = duration is { } time ? new CancellationTokenSource(time) : new CancellationTokenSource();
        _stop.Token.Register(stop);
        _signals = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGHUP)];
    }

    /// <summary>Whether it has acted.</summary>
    public bool HasActed => _stop.IsCancellationRequested;

    /// <summary>Acts after this long, if not before.</summary>
    public void StopAfter(TimeSpan duration) => _stop.CancelAfter(duration);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = !HasActed;
        if (HasActed)
        {
            _abandon?.Invoke();
        }

        _stop.CancelAfter(TimeSpan.Zero);
    });
}
