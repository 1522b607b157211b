using System.Diagnostics.Tracing;
using KernelSim.Tracing;

namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>
/// Listens to the kernel. An event is written on the thread that causes it, so that thread can be parked in it. The process has one machine at a
/// time.
/// </summary>
internal sealed class SceneEvents : EventListener
{
    private const int StageOfCopy = 2;

    private readonly Action<ParkPoint> _pass;
    private int _dpcs;

    /// <summary>Begins to listen.</summary>
    /// <param name="pass">Called on each thread that passes a point.</param>
    public SceneEvents(Action<ParkPoint> pass)
    {
        _pass = pass;
        EnableEvents(
            KernelEventSource.Log,
            EventLevel.Verbose,
            KernelEventSource.Keywords.Irp | KernelEventSource.Keywords.Copy | KernelEventSource.Keywords.Sched);
    }

    /// <summary>DPCs that have run.</summary>
    public int Dpcs => Volatile.Read(ref _dpcs);

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        switch (eventData.EventName)
        {
            case nameof(KernelEventSource.DpcRun):
                Interlocked.Increment(ref _dpcs);
                break;
            case nameof(KernelEventSource.IrpCancel):
                _pass(ParkPoint.CancelRoutine);
                break;
            case nameof(KernelEventSource.Copy) when eventData.Payload![StageOfCopy] is CopyStage.BufferOut:
                _pass(ParkPoint.Reply);
                break;
            default:
                break;
        }
    }
}
