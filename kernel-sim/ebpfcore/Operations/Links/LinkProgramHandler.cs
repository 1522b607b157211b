using KernelSim.EbpfCore.Links;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 13: attaches a program to a hook and creates a handle of the link. The tail is attach data, for the hook to interpret.
/// </summary>
internal sealed unsafe class LinkProgramHandler() : ProtocolHandler(EbpfOperationId.LinkProgram)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        LinkProgramRequest request = call.Read<LinkProgramRequest>();
        ReadOnlySpan<byte> data = new(call.Request + LinkProgramRequest.TailOffset, call.RequestLength - LinkProgramRequest.TailOffset);
        EbpfResult result = call.Reference(request.ProgramHandle, EbpfObjectType.Program, out EbpfObject? @object);
        if (@object is not EbpfProgram program)
        {
            return result;
        }

        result = Link(call, program, request.AttachType, data, out NtHandle handle);
        program.Release(call.Current);
        if (result == EbpfResult.Success)
        {
            call.WriteBody(new LinkProgramReply { LinkHandle = handle });
        }

        return result;
    }

    private static EbpfResult Link(in ProtocolCall call, EbpfProgram program, Guid attachType, ReadOnlySpan<byte> data, out NtHandle handle)
    {
        handle = NtHandle.Invalid;
        bool hasCode = program.CodeType != EbpfCodeType.None;
        if (!call.Require(hasCode, CheckTable.LinkProgramCode, (long)program.CodeType, (long)EbpfCodeType.Jit))
        {
            return call.Refused;
        }

        // As upstream, a link that finds no hook has used up an id.
        EbpfLink link = new(call.Core, attachType, data);
        call.Core.Objects.Add(call.Current, link);
        EbpfResult result = link.Attach(call.Caller, program);
        if (result == EbpfResult.Success)
        {
            result = call.Caller.CreateHandle(link, out handle);
        }

        // Without a handle this is the last reference, and the link detaches.
        link.Release(call.Current);
        return result;
    }
}
