using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Async;

/// <summary>
/// One asynchronous request between its dispatch and its completion: <c>ebpf_async_tracker_t</c>. A handler takes it from
/// <see cref="Dispatch.ProtocolCall.Async"/>, makes it pending, keeps it, and answers <see cref="EbpfResult.Pending"/>.
/// </summary>
/// <remarks>
/// <para>
/// Completing and cancelling may race, on any processor, up to DISPATCH_LEVEL. The I/O manager's rule is that once cancellation has taken
/// the cancel routine nobody but that routine may complete the IRP. So whoever completes first tries to take the routine back. If that
/// fails it leaves the outcome here, and of the two, completer and routine, the one who comes second completes the IRP.
/// </para>
/// <para>The reply has to be written, all of it, before <see cref="Complete"/>; afterwards the request's memory is somebody else's.</para>
/// </remarks>
internal sealed class AsyncRequest(AsyncTracker tracker, Irp irp)
{
    private Action<KeThread, AsyncRequest>? _onCancel;
    private EbpfResult _result;
    private ulong _information;
    private bool _cancellable;
    private int _completed;
    private int _met;

    /// <summary>The request. Not to be touched after <see cref="Complete"/>.</summary>
    public Irp Irp { get; } = irp;

    /// <summary>
    /// Says that the request will be completed later. From its handler, at most once, before anybody else can see it, and holding
    /// whatever lock <paramref name="onCancel"/> takes, so that it finds the operation in its place; the handler then answers <see cref="EbpfResult.Pending"/> whatever happens.
    /// </summary>
    /// <param name="onCancel">
    /// What cancelling does, <c>ebpf_async_set_cancel_callback</c>: called at most once, at DISPATCH_LEVEL, maybe on another processor and
    /// before this returns. If the operation is still to be had it calls <see cref="Complete"/>, else nothing. Null: the request ends by
    /// itself, and cancelling it does nothing.
    /// </param>
    /// <returns>False when it has been cancelled already: nothing will be called, and the caller completes it as cancelled.</returns>
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

        // Set first, look second: a canceller either finds the routine or has set the flag before we look.
        if (Irp.Cancel && Irp.SetCancelRoutine(null) is not null)
        {
            _cancellable = false;
            return false;
        }

        return true;
    }

    /// <summary>Completes the request: <c>ebpf_async_complete</c>. Once; a second time bugchecks. At DISPATCH_LEVEL or below.</summary>
    /// <param name="current">The thread.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="information">Bytes of the reply.</param>
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

    /// <summary>Where completer and cancel routine meet. The exchange also makes the outcome visible to the second.</summary>
    private bool IsSecond() => Interlocked.Exchange(ref _met, 1) != 0;

    private void Finish(KeThread current)
    {
        tracker.Remove();
        current.Machine.Io.CompleteRequest(current, Irp, ResultConversions.ToNtStatus(_result), _information);
    }
}
