using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

// The common part of ring_buffer__ and perf_buffer__ functions. The former return -errno without setting errno, the latter set it.
public sealed partial class Libbpf
{
    private int Poll(RingManager? manager, int milliseconds, bool setsErrno, [CallerMemberName] string function = "")
    {
        if (Refuse(manager, needsRings: true) is { } refuse)
        {
            return Call(refuse, function, setsErrno);
        }

        int result = Call(new ConsumeCall(manager!.Rings, 0, manager.Rings.Count, manager.WaitHandle), function, setsErrno);
        if (result != 0 || milliseconds == 0)
        {
            return result;
        }

        Errno error = WaitForRecord(manager.WaitHandle, milliseconds, out bool woken);
        if (error == Errno.None)
        {
            return woken ? Consume(manager, setsErrno, function) : 0;
        }

        return setsErrno ? Fail(error) : -(int)error;
    }

    private int Consume(RingManager? manager, bool setsErrno, [CallerMemberName] string function = "") =>
        Refuse(manager, needsRings: true) is { } refuse
            ? Call(refuse, function, setsErrno)
            : Call(new ConsumeCall(manager!.Rings, 0, manager.Rings.Count, NtHandle.Invalid), function, setsErrno);

    private static RefuseCall? Refuse(RingManager? manager, bool needsRings) =>
        manager?.Subscription is not null ? new RefuseCall(0, CheckTable.ApiRingPolled, "a manager with automatic callbacks given")
        : manager is null || (needsRings && manager.Rings.Count == 0)
            ? new RefuseCall(0, CheckTable.ApiRingManager, "none given, or one without rings")
            : null;

    /// <summary>Waits for a manager's event, outside of any call: a sleeping thread pins no memory of the process.</summary>
    private Errno WaitForRecord(NtHandle handle, int milliseconds, out bool woken)
    {
        TimeSpan timeout = milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
        NtStatus status = Gate.NtWaitForSingleObject(0, handle, timeout);
        woken = status == NtStatus.Success;
        return woken || status == NtStatus.Timeout ? Errno.None
            : status == NtStatus.ProcessIsTerminating ? Errno.ESRCH
            : Errno.EIO;
    }
}

/// <summary>Passes the records of a manager's rings to the callbacks. They run within the call, so the records stay mapped.</summary>
/// <param name="rings">The manager's rings.</param>
/// <param name="first">Index of the first one to read.</param>
/// <param name="count">Number of rings to read.</param>
/// <param name="reset">An event to clear first; invalid for none.</param>
internal readonly struct ConsumeCall(List<MappedRing> rings, int first, int count, NtHandle reset) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => rings[first].Descriptor;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        // First the event, then the rings: a record written in between sets it again.
        if (reset != NtHandle.Invalid)
        {
            call.Library.Gate.NtClearEvent(call.RequestId, reset);
        }

        int total = 0;

        // A callback may free the manager, which removes its rings.
        for (int i = first; i < Math.Min(first + count, rings.Count); i++)
        {
            int records = rings[i].Consume(call.Memory);
            if (records < 0)
            {
                call.Value = records;
                return EbpfResult.Success;
            }

            total += records;
        }

        call.Value = total;
        call.Done = total;
        return EbpfResult.Success;
    }
}
