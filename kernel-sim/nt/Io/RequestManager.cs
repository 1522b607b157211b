using System.Runtime.InteropServices;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Io;

/// <summary>The life of requests: taken from a free list, sent to a driver, completed, finished, returned to the free list.</summary>
internal sealed unsafe class RequestManager(Machine machine)
{
    /// <summary>Pool tag of system buffers.</summary>
    public static readonly PoolTag BufferTag = new("IoSB");

    // First parameters of DRIVER_VERIFIER_DETECTED_VIOLATION for drivers that break the rules of pending and completing.
    private const ulong PendingNotMarked = 1;
    private const ulong NeitherCompletedNorPending = 2;
    private const ulong CompletedAsPending = 3;
    private const ulong MoreThanRoom = 4;

    // A finished request is not reused at once, so that a driver that completes it twice is caught.
    private const int RestingRequests = 8;

    // What a thread keeps at most. More come only to a thread that finishes requests of others, which then find them here.
    private const int MostPerThread = 2 * RestingRequests;

    private readonly Queue<Irp> _shared = new();
    private HostSpinLock _lock = new(LockRank.FreeRequests);
    private int _sharedCount;

    public Irp Take(KeThread current, IrpMajorFunction function, FileObject file, PsProcess? process, ulong requestId)
    {
        Queue<Irp> resting = current.RestingRequests;
        Irp? irp = resting.Count > RestingRequests ? resting.Dequeue() : TakeShared();
        irp ??= new Irp(machine);
        irp.Prepare(function, file, process, requestId);
        return irp;
    }

    public void GiveBack(KeThread current, Irp irp)
    {
        irp.Reset();
        if (current.RestingRequests.Count < MostPerThread)
        {
            current.RestingRequests.Enqueue(irp);
        }
        else
        {
            irp.Forget();
            _lock.Enter();
            _shared.Enqueue(irp);
            _sharedCount++;
            _lock.Exit();
        }
    }

    /// <summary>
    /// Sends a request to its driver. Returns the final status, or Pending if it is not finished and nobody waits for it. A waiting
    /// caller releases the request; otherwise it has been released when this returns.
    /// </summary>
    public NtStatus Send(KeThread current, Irp irp, bool wait)
    {
        irp.IsWaitedFor = wait;
        irp.Process?.Requests.Add(current, irp);
        (PsProcess? process, string operation, ulong requestId) = (irp.Process, irp.Operation, irp.RequestId);
        (uint code, ulong start) = (irp.ControlCode.Value, irp.RequestStart);
        NtStatus returned = Dispatch(current, irp);

        if (!irp.IsCompleted)
        {
            irp.HoldReferences();
            irp.Copies = current.Copies;
        }

        if (irp.IsCompleted || irp.MarkReturned())
        {
            NtStatus final = Finish(current, irp, isSender: true);
            return wait || returned != NtStatus.Pending ? final : NtStatus.Pending;
        }

        // From here on the request may finish at any time: only a waiter may still access it.
        current.RecordRequest(FlightKind.IrpPending, requestId, process?.Id ?? 0, code, start);
        KernelEventSource.Log.IrpPending(requestId, current.ProcessorNumber, process?.Id ?? 0, operation);
        if (process is { HasExited: true })
        {
            process.Requests.CancelAll(current, file: null);
        }

        if (!wait)
        {
            return NtStatus.Pending;
        }

        process?.PutCallAside(current);
        try
        {
            if (process is not null && irp.Done.Wait(current, Timeout.InfiniteTimeSpan, process) == NtStatus.ProcessIsTerminating)
            {
                process.Requests.CancelAll(current, file: null);
            }

            irp.Done.Wait(current, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            process?.TakeUpCall(current);
        }

        return irp.Status;
    }

    /// <summary>Completes a request on behalf of its driver.</summary>
    public void Complete(KeThread current, Irp irp, NtStatus status, ulong information)
    {
        if (current.Irql > Irql.Dispatch)
        {
            current.BugCheckIrql(Irql.Dispatch);
        }

        if (!irp.IsInUse || irp.IsCompleted)
        {
            machine.BugCheck(BugcheckCode.MultipleIrpCompleteRequests, (ulong)irp.MajorFunction, irp.RequestId);
        }

        if (irp.HasCancelRoutine)
        {
            machine.BugCheck(BugcheckCode.CancelStateInCompletedIrp, (ulong)irp.MajorFunction, irp.RequestId);
        }

        if (status == NtStatus.Pending)
        {
            machine.BugCheck(BugcheckCode.DriverVerifierDetectedViolation, CompletedAsPending, irp.RequestId);
        }

        if (irp.MajorFunction == IrpMajorFunction.DeviceControl && information > irp.OutputLength && !status.IsError)
        {
            // The real I/O manager would copy that many bytes: past the caller's buffer, from past the system buffer.
            machine.BugCheck(BugcheckCode.DriverVerifierDetectedViolation, MoreThanRoom, irp.RequestId, information, irp.OutputLength);
        }

        irp.Status = status;
        irp.Information = information;
        irp.FileObject.Device.Driver.RequestCompleted(current);
        if (!irp.TryComplete(out bool hasReturned))
        {
            machine.BugCheck(BugcheckCode.MultipleIrpCompleteRequests, (ulong)irp.MajorFunction, irp.RequestId);
        }

        if (!hasReturned)
        {
            return;
        }

        // The reply goes to user memory, which must not be accessed at DISPATCH_LEVEL.
        if (current.Irql >= Irql.Dispatch)
        {
            irp.FinishLater.Queue(irp.RequestId);
        }
        else
        {
            Finish(current, irp, isSender: false);
        }
    }

    /// <summary>Second half of completion: writes reply and status block, sets the event, and releases what the request held.</summary>
    /// <param name="current">The thread that completed the request or returned from dispatch, whichever was later.</param>
    /// <param name="irp">The finished request.</param>
    /// <param name="isSender">True if called by the sending thread, which then need not be woken.</param>
    /// <returns>The final status: an access violation if the caller's memory for the reply is gone.</returns>
    public NtStatus Finish(KeThread current, Irp irp, bool isSender)
    {
        if (irp.MajorFunction == IrpMajorFunction.DeviceControl)
        {
            bool hasReply = CopyBack(current, irp, isSender);
            FreeBuffer(current, irp);
            // A thread that completes the request of another has counts of its own.
            ref readonly FlightCopies copies = ref (isSender ? ref current.Copies : ref irp.Copies);
            CompletedRecord.Write(current, irp, in copies, hasReply);
            if (KernelEventSource.Log.IsEnabled() || KernelSimMeter.CountsIoctls)
            {
                IoTrace.IoctlStop(irp.RequestId, current, irp.FileObject.Device, irp.ControlCode, irp.Operation, irp.Status, irp.Information);
            }
        }

        irp.Queue?.Remove(irp);
        FileObject file = irp.FileObject;
        NtStatus final = irp.Status;
        bool holdsReferences = irp.HoldsReferences;
        if (irp.Event is { } eventObject)
        {
            if (IsReported(irp))
            {
                eventObject.Event.Set();
            }

            if (holdsReferences)
            {
                eventObject.Dereference();
            }
        }

        if (!irp.IsWaitedFor)
        {
            GiveBack(current, irp);
        }
        else if (!isSender)
        {
            irp.Done.Set();
        }

        if (holdsReferences)
        {
            file.Dereference();
        }

        return final;
    }

    /// <summary>Allocates a system buffer, charged to the process.</summary>
    public NtStatus AllocateBuffer(KeThread current, Irp irp, uint bytes)
    {
        if (!irp.Process!.TryChargeQuota(bytes))
        {
            return NtStatus.QuotaExceeded;
        }

        irp.SystemBuffer = machine.Pool.Allocate(current, bytes, BufferTag, zero: false);
        if (irp.SystemBuffer == null)
        {
            irp.Process.ReturnQuota(bytes);
            return NtStatus.InsufficientResources;
        }

        return NtStatus.Success;
    }

    public void FreeBuffer(KeThread current, Irp irp)
    {
        if (irp.SystemBuffer != null)
        {
            machine.Pool.Free(current, irp.SystemBuffer, BufferTag);
            irp.Process!.ReturnQuota(Math.Max(irp.InputLength, irp.OutputLength));
            irp.SystemBuffer = null;
        }
    }

    /// <summary>
    /// Whether status block and event are set, as in <c>IopCompleteRequest</c>: not for an error that the system call itself
    /// returns, either at once or, on a synchronous file object, after the wait. Such a caller has only the returned status.
    /// </summary>
    private static bool IsReported(Irp irp) =>
        !irp.Status.IsError || (irp.IsMarkedPending && (irp.FileObject.Options & CreateFileOptions.SynchronousIo) == 0);

    private NtStatus Dispatch(KeThread current, Irp irp)
    {
        DeviceObject device = irp.FileObject.Device;
        if (device.Driver.IsUnloaded)
        {
            device.Driver.RequestSent(current);
            Complete(current, irp, NtStatus.NoSuchDevice, 0);
            return NtStatus.NoSuchDevice;
        }

        device.Driver.RequestSent(current);
        Irql irql = current.Irql;
        NtStatus returned;
        try
        {
            returned = device.Driver.Dispatch(current, device, irp);
        }
        catch (Exception e) when (machine.StopOnUnhandled(e))
        {
            machine.ThrowIfStopped();
            throw;
        }

        if (current.Irql != irql)
        {
            // The system service exit would find this too; found here, the driver at fault is known.
            machine.BugCheck(BugcheckCode.IrqlGtZeroAtSystemService, (ulong)current.Irql, (ulong)irql, (ulong)irp.MajorFunction);
        }

        if (returned == NtStatus.Pending && !irp.IsMarkedPending)
        {
            machine.BugCheck(BugcheckCode.DriverVerifierDetectedViolation, PendingNotMarked, irp.RequestId);
        }

        if (returned != NtStatus.Pending && (irp.IsMarkedPending || !irp.IsCompleted))
        {
            machine.BugCheck(BugcheckCode.DriverVerifierDetectedViolation, NeitherCompletedNorPending, irp.RequestId, returned.Value);
        }

        return returned;
    }

    /// <summary>Writes reply and status block, unless the process is ending: then false.</summary>
    private bool CopyBack(KeThread current, Irp irp, bool isSender)
    {
        PsProcess process = irp.Process!;
        if (isSender)
        {
            // The system call that sent it has pinned the memory.
            if (process.RefusesCalls)
            {
                return false;
            }

            CopyBack(current, irp);
            return true;
        }

        if (!process.TryPinMemory(current, out ulong pin))
        {
            return false;
        }

        CopyBack(current, irp);
        process.UnpinMemory(current, pin);
        return true;
    }

    private void CopyBack(KeThread current, Irp irp)
    {
        PsProcess process = irp.Process!;

        uint bytes = irp.Status.IsError ? 0 : (uint)irp.Information;
        if (bytes > 0)
        {
            if (process.Memory.TryAccess(
                irp.Output.Address, bytes, MemoryAccess.Write, "io:copy-out", out Span<byte> reply, out AccessViolation violation))
            {
                new ReadOnlySpan<byte>(irp.SystemBuffer, (int)bytes).CopyTo(reply);
                KernelSimMeter.Copied(CopyStage.BufferOut, bytes);
                if (KernelEventSource.Log.IsEnabled())
                {
                    KernelEventSource.Log.Copy(
                        irp.RequestId,
                        current.ProcessorNumber,
                        CopyStage.BufferOut,
                        -1,
                        -1,
                        machine.Pool.VirtualAddressOf(irp.SystemBuffer),
                        irp.Output.Address,
                        bytes);
                }
            }
            else
            {
                IoTrace.Violation(irp.RequestId, current, process, violation);
                (irp.Status, irp.Information) = (NtStatus.AccessViolation, 0);
            }
        }

        if (!IsReported(irp))
        {
            return;
        }

        IoStatusBlock block = new() { Status = irp.Status.Value, Information = irp.Information };
        if (process.Memory.TryAccess(
            irp.IoStatusBlock, (uint)sizeof(IoStatusBlock), MemoryAccess.Write, "io:status-block", out Span<byte> place, out AccessViolation bad))
        {
            MemoryMarshal.Write(place, in block);
        }
        else
        {
            IoTrace.Violation(irp.RequestId, current, process, bad);
        }
    }

    private Irp? TakeShared()
    {
        if (Volatile.Read(ref _sharedCount) <= RestingRequests)
        {
            return null;
        }

        _lock.Enter();
        Irp? irp = null;
        if (_sharedCount > RestingRequests)
        {
            irp = _shared.Dequeue();
            _sharedCount--;
        }

        _lock.Exit();
        return irp;
    }
}
