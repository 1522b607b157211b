using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Async;

/// <summary>
/// One asynchronous request between dispatch and completion: <c>ebpf_async_tracker_t</c>. A handler gets it from
/// <see cref="Operations.ProtocolCall.Async"/>, marks it pending, keeps it, and returns <see cref="EbpfResult.Pending"/>.
/// </summary>
/// <remarks>
/// <para>
/// Completing and cancelling may race, on any processor, up to DISPATCH_LEVEL. By the I/O manager's rule, once cancellation has taken
/// the cancel routine, only that routine may complete the IRP. So a completer first tries to take the routine back. If that
/// fails it leaves the outcome here, and of the two, completer and routine, the second completes the IRP.
/// </para>
/// <para>The whole reply must be written before <see cref="Complete"/>; afterwards the request's memory may be reused.</para>
/// </remarks>
internal sealed class AsyncRequest(AsyncTracker tracker, Irp irp)
{
    private Action<KeThread, AsyncRequest>? _onCancel;
    private EbpfResult _result;
    private ulong _information;
    private bool _cancellable;
    private int _completed;
    private int _met;

    /// <summary>The IRP. Must not be touched after <see cref="Complete"/>.</summary>
    public Irp Irp { get; } = irp;

    /// <summary>
    /// Marks the request as pending. Called by its handler, at most once, before any other thread can see the request, while holding
    /// whatever lock <paramref name="onCancel"/> takes, so that it finds the operation in place; the handler then returns
    /// <see cref="EbpfResult.Pending"/> in any case.
    /// </summary>
    /// <param name="onCancel">
    /// The cancel callback, <c>ebpf_async_set_cancel_callback</c>: called at most once, at DISPATCH_LEVEL, possibly on another processor and
    /// before this returns. If the operation is still in place it calls <see cref="Complete"/>, otherwise it does nothing. Null: the request ends
    /// by itself, and cancelling it has no effect.
    /// </param>
    /// <returns>False if it has already been cancelled: the callback is not called, and the caller completes it as cancelled.</returns>
    public bool Pend(Action<KeThread, AsyncRequest>? onCancel = null)
    {
        Irp.MarkPending();
        if (onCancel is null)
        {
            return true;
        }

        _onCancel = onCancel;
        _cancellable = true;
        Irp.SetCancelRoutine(Cancel);

        // Set first, check second: a canceller either finds the routine or has set the flag before the check.
        if (Irp.Cancel && Irp.SetCancelRoutine(null) is not null)
        {
            _cancellable = false;
            return false;
        }

        return true;
    }

    /// <summary>Completes the request: <c>ebpf_async_complete</c>. A second call bugchecks. At DISPATCH_LEVEL or below.</summary>
    /// <param name="current">The calling thread.</param>
    /// <param name="result">The result of the operation.</param>
    /// <param name="information">Size of the reply in bytes.</param>
    public void Complete(KeThread current, EbpfResult result, ulong information)
    {
        if (Interlocked.Exchange(ref _completed, 1) != 0)
        {
            current.Machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, Irp.RequestId, (ulong)result);
        }

        (_result, _information) = (result, information);
        if (!_cancellable || Irp.SetCancelRoutine(null) is not null || IsSecond())
        {
            Finish(current);
        }
    }

    /// <summary>The IRP's cancel routine: <c>ebpf_core_cancel_protocol_handler</c>.</summary>
    private void Cancel(KeThread current, Irp cancelled)
    {
        _onCancel!(current, this);
        if (IsSecond())
        {
            Finish(current);
        }
    }

    /// <summary>True for the second of completer and cancel routine. The exchange also makes the outcome visible to the second.</summary>
    private bool IsSecond() => Interlocked.Exchange(ref _met, 1) != 0;

    private void Finish(KeThread current)
    {
        tracker.Remove();
        current.Machine.Io.CompleteRequest(current, Irp, ResultConversions.ToNtStatus(_result), _information);
    }
}
