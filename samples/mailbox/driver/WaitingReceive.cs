using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;

namespace KernelSim.Samples.Mailbox.Driver;

/// <summary>A request that waits for a letter, and its timer. Guarded by the queue's lock.</summary>
internal sealed class WaitingReceive
{
    private readonly KTimer _timer;
    private readonly KDpc _dpc;
    private readonly Action<KeThread, WaitingReceive> _onTimeout;

    /// <param name="machine">The machine that it belongs to.</param>
    /// <param name="irp">The pending request.</param>
    /// <param name="onTimeout">Runs at DISPATCH_LEVEL when the timeout expires, whether or not the request still waits.</param>
    public WaitingReceive(Machine machine, Irp irp, Action<KeThread, WaitingReceive> onTimeout)
    {
        Irp = irp;
        _timer = new KTimer(machine);
        _dpc = new KDpc(machine, TimeIsOver);
        _onTimeout = onTimeout;
    }

    /// <summary>The request; it may be reused as soon as this object has left the queue's list.</summary>
    public Irp Irp { get; }

    /// <summary>Starts the timeout; zero waits forever.</summary>
    public void StartTimer(KeThread current, TimeSpan timeout)
    {
        if (timeout > TimeSpan.Zero)
        {
            _timer.Set(timeout, _dpc, current.ProcessorNumber);
        }
    }

    /// <summary>Stops the timeout. The DPC may still be queued or running.</summary>
    public void StopTimer() => _timer.Cancel();

    private void TimeIsOver(KeThread current) => _onTimeout(current, this);
}
