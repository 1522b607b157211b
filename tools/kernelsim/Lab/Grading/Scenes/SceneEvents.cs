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
    private readonly Action<int> _tell;
    private int _dpcs;

    /// <summary>Begins to listen.</summary>
    /// <param name="pass">Called on each thread that passes a point.</param>
    /// <param name="tell">Called on each thread that tells a journal a number.</param>
    public SceneEvents(Action<ParkPoint> pass, Action<int> tell)
    {
        (_pass, _tell) = (pass, tell);
        EnableEvents(JournalEventSource.Log, EventLevel.LogAlways);
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
            case nameof(JournalEventSource.Told) when eventData.EventSource == JournalEventSource.Log:
                _tell((int)eventData.Payload![0]!);
                break;
            default:
                break;
        }
    }
}

/// <summary>
/// What drivers tell their journals. An event in place of a call keeps the judge out of what a driver is given: the routine leads to a lock and
/// nothing else.
/// </summary>
[EventSource(Name = "KernelSim-Lab-Journal")]
internal sealed class JournalEventSource : EventSource
{
    public static readonly JournalEventSource Log = new();

    private JournalEventSource()
    {
    }

    /// <summary>A number that was told.</summary>
    [Event(1)]
    public void Told(int number) => WriteEvent(1, number);
}
