using System.Runtime.InteropServices;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// Ends a verb that runs until it is stopped: Ctrl-C, a request to terminate, or its duration. Acts once, on a thread of its own; a second
/// request ends the host process at once.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _signals;
    private readonly CancellationTokenSource _stop;

    /// <summary>Starts listening.</summary>
    /// <param name="duration">Time until it acts by itself; null for never.</param>
    /// <param name="stop">The action.</param>
    public StopSignal(TimeSpan? duration, Action stop)
    {
        _stop = duration is { } time ? new CancellationTokenSource(time) : new CancellationTokenSource();
        _stop.Token.Register(stop);
        _signals = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM)];
    }

    /// <summary>Whether it has acted.</summary>
    public bool HasActed => _stop.IsCancellationRequested;

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
        _stop.CancelAfter(TimeSpan.Zero);
    });
}
