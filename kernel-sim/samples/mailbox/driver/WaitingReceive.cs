using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;

namespace KernelSim.Samples.Mailbox.Driver;

/// <summary>A request that waits for a letter, and its timer. The queue's lock guards it.</summary>
internal sealed class WaitingReceive
{
    private readonly KTimer _timer;
    private readonly KDpc _dpc;
    private readonly Action<KeThread, WaitingReceive> _onTimeout;

    /// <param name="machine">The machine.</param>
    /// <param name="irp">The request.</param>
    /// <param name="onTimeout">Runs at DISPATCH_LEVEL when its time is over, whether it still waits or not.</param>
    public WaitingReceive(Machine machine, Irp irp, Action<KeThread, WaitingReceive> onTimeout)
    {
        Irp = irp;
        _timer = new KTimer(machine);
        _dpc = new KDpc(machine, TimeIsOver);
        _onTimeout = onTimeout;
    }

    /// <summary>The request; somebody else's as soon as this one is out of the queue's list.</summary>
    public Irp Irp { get; }

    /// <summary>Starts the time that it has; zero: as long as it takes.</summary>
    public void StartTimer(KeThread current, TimeSpan timeout)
    {
        if (timeout > TimeSpan.Zero)
        {
            _timer.Set(timeout, _dpc, current.ProcessorNumber);
        }
    }

    /// <summary>Stops it. The DPC may be queued or running all the same.</summary>
    public void StopTimer() => _timer.Cancel();

    private void TimeIsOver(KeThread current) => _onTimeout(current, this);
}
