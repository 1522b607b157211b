using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Async;
using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Operations;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Dispatch;

/// <summary>
/// The protocol's dispatch: <c>ebpf_core_invoke_protocol_handler</c>. Checks the shape of the messages (KS3003 to KS3007), runs the
/// validator (KS31xx, KS32xx), then the handler in an epoch, and finishes the reply's header.
/// </summary>
/// <remarks>
/// Upstream's steps 1 and 2 (operation known, handler present) repeat what the driver has just checked, and step 9 (an asynchronous
/// request has a context) is always satisfied by this dispatcher; they cannot fail here.
/// </remarks>
internal static unsafe class ProtocolDispatch
{
    /// <summary>Serves a request and returns its result.</summary>
    /// <param name="core">The driver's state.</param>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="irp">The request; its system buffer holds the message.</param>
    /// <param name="handler">The handler of the operation.</param>
    /// <param name="inputLength">Length of the input buffer in bytes.</param>
    /// <param name="outputLength">Length of the output buffer in bytes; 0 if the operation has no reply.</param>
    public static EbpfResult Invoke(CoreContext core, KeThread current, Irp irp, ProtocolHandler handler, int inputLength, int outputLength)
    {
        OperationRow operation = handler.Operation;
        ReadOnlySpan<byte> input = new(irp.SystemBuffer, inputLength);
        if (!Report(
                current, handler, DispatchChecks.RequestIsPresent(inputLength, out CheckRefusal refusal),
                CheckTable.CoreRequestPresent, refusal, inputLength, 1)
            || !Report(
                current, handler, DispatchChecks.RequestLength(operation, inputLength, out refusal),
                CheckTable.CoreRequestLength, refusal, inputLength, operation.Request.Minimum)
            || !Report(
                current, handler, DispatchChecks.ReplyLength(operation, outputLength, out refusal),
                CheckTable.CoreReplyLength, refusal, outputLength, operation.Reply.Minimum))
        {
            return current.RefusedResult;
        }

        int length = Unsafe.ReadUnaligned<OperationHeader>(irp.SystemBuffer).Length;
        if (!Report(
                current, handler, DispatchChecks.HeaderLength(input, out refusal),
                CheckTable.CoreHeaderLength, refusal, length, inputLength)
            || !Report(
                current, handler, MessageValidator.Validate(input, out refusal),
                CheckTable.ValidatorMinLength, refusal, length, operation.MinimumHeaderLength))
        {
            return current.RefusedResult;
        }

        ProtocolCall call = new(core, current, irp, handler.Site, length, outputLength);
        if (!handler.EntersEpoch)
        {
            return Invoke(irp, handler, call);
        }

        using EpochScope epoch = core.Epochs.Enter(current);
        return operation.IsAsync ? InvokeAsync(core, irp, handler, call) : Invoke(irp, handler, call);
    }

    private static EbpfResult Invoke(Irp irp, ProtocolHandler handler, in ProtocolCall call)
    {
        EbpfResult result = handler.Handle(call);
        if (call.ReplyLength > 0)
        {
            FinishHeader((OperationHeader*)irp.SystemBuffer, handler.Operation);
        }

        return result;
    }

    /// <summary>Runs an asynchronous operation. The handler writes its whole reply, header included; once pending, the request may be gone.</summary>
    private static EbpfResult InvokeAsync(CoreContext core, Irp irp, ProtocolHandler handler, in ProtocolCall call)
    {
        AsyncRequest request = core.Async.Begin(irp);
        EbpfResult result = handler.Handle(call);
        if (result != EbpfResult.Pending)
        {
            core.Async.Reset(request);
        }

        return result;
    }

    /// <summary>
    /// A fixed reply gets its id and length even if the handler failed. One with a tail gets only its id: the length is set by the handler,
    /// and if it does not set it, the request's is still there, in the same memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishHeader(OperationHeader* reply, OperationRow operation)
    {
        reply->Id = operation.Id;
        if (operation.Reply.Kind == MessageKind.Fixed)
        {
            reply->Length = (ushort)operation.Reply.Minimum;
        }
    }

    /// <summary>Reports a check of the protocol: the check that refused with its numbers, or the one that passed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Report(
        KeThread current, ProtocolHandler handler, bool passed, Check check, in CheckRefusal refusal, long given, long expected) =>
        passed ? current.Require(true, check, handler.Site, given, expected) : ReportFailed(current, handler, check, refusal);

    private static bool ReportFailed(KeThread current, ProtocolHandler handler, Check check, in CheckRefusal refusal) =>
        current.Require(false, CheckTable.Find(refusal.Check) ?? check, handler.Site, refusal.Given, refusal.Expected);
}
