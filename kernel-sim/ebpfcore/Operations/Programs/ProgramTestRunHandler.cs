using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 33: runs a program on data and context that the caller supplies, without waiting for a hook. Always pending once it has begun.
/// </summary>
internal sealed class ProgramTestRunHandler() : ProgramHandler(EbpfOperationId.ProgramTestRun)
{
    private const ulong DefaultBatchSize = 1024;

    /// <inheritdoc/>
    protected override EbpfResult Prepare(in ProtocolCall call)
    {
        int needed = ProgramTestRunReply.TailOffset + ContextLength(call);
        if (!call.Require(call.ReplyLength >= needed, CheckTable.TestRunRoom, call.ReplyLength, needed))
        {
            return call.Refused;
        }

        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfProgram program)
    {
        bool attached = program.Providers.Reference(out ProgramData? type) == EbpfResult.Success;
        if (!call.Require(attached, CheckTable.TestRunProvider, attached ? 1 : 0, 1))
        {
            return call.Refused;
        }

        bool supported = type is { ContextCreate: not null, ContextDestroy: not null };
        if (!call.Require(supported, CheckTable.TestRunSupported, supported ? 1 : 0, 1))
        {
            program.Providers.Dereference();
            return call.Refused;
        }

        ProgramTestRunRequest request = call.Read<ProgramTestRunRequest>();
        int context = ContextLength(call);
        TestRunOptions options = new(
            Math.Max(request.RepeatCount, 1),
            request.BatchSize == 0 ? DefaultBatchSize : request.BatchSize,
            request.Cpu,
            request.ContextOffset,
            context,
            call.ReplyLength - ProgramTestRunReply.TailOffset - context);
        call.Async.Pend();
        new TestRun(call.Core, call.Async, program, type!, options).Start(call.Current);
        return EbpfResult.Pending;
    }

    private static int ContextLength(in ProtocolCall call) =>
        call.RequestLength - ProgramTestRunRequest.TailOffset - call.Read<ProgramTestRunRequest>().ContextOffset;
}
