using KernelSim.Nt.Ke;
using KernelSim.Tracing;

namespace KernelSim.Nt.Io;

/// <summary>
/// The outstanding requests of one process: for each processor those that its threads sent, in that order. The lists hold no references.
/// </summary>
internal sealed class IrpList(int processors)
{
    private readonly ProcessorLocal<IrpQueue> _queues = new(processors);

    /// <summary>Bytes of the requests' system buffers.</summary>
    public long BufferBytes
    {
        get
        {
            long bytes = 0;
            foreach (IrpQueue? queue in _queues.All)
            {
                bytes += queue?.BufferBytes ?? 0;
            }

            return bytes;
        }
    }

    public void Add(KeThread current, Irp irp) => _queues.Of(current.HomeNumber).Add(irp);

    /// <summary>Cancels every request, or those on one file object: <c>IoCancelIrp</c> for each. Cancel routines run at DISPATCH_LEVEL.</summary>
    public void CancelAll(KeThread current, FileObject? file)
    {
        // Under its queue's lock, a listed request cannot finish. One whose routine has been taken cannot finish afterwards either: only the
        // routine completes it.
        List<(Irp Irp, Action<KeThread, Irp> Routine)> taken = [];
        foreach (IrpQueue? queue in _queues.All)
        {
            queue?.TakeForCancel(file, taken);
        }

        foreach ((Irp irp, Action<KeThread, Irp> routine) in taken)
        {
            Cancel(current, irp, routine);
        }
    }

    private static void Cancel(KeThread current, Irp irp, Action<KeThread, Irp> routine)
    {
        current.RecordRequest(FlightKind.IrpCancel, irp.RequestId, irp.Process?.Id ?? 0, irp.ControlCode.Value, irp.RequestStart);
        KernelEventSource.Log.IrpCancel(irp.RequestId, current.ProcessorNumber, irp.Process?.Id ?? 0, irp.Operation);
        try
        {
            using IrqlScope scope = current.RaiseIrql(Irql.Dispatch);
            routine(current, irp);
        }
        catch (Exception e) when (current.Machine.StopOnUnhandled(e))
        {
            current.Machine.ThrowIfStopped();
        }
    }
}
