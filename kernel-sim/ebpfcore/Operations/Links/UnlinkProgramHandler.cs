using KernelSim.EbpfCore.Links;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 14: detaches a link by its handle; or, if attach data are marked as present, every link of an attach type whose info begins
/// with them, of one program or (-1) of any. Giving neither is not an error; nothing is detached.
/// </summary>
internal sealed unsafe class UnlinkProgramHandler() : ProtocolHandler(EbpfOperationId.UnlinkProgram)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        UnlinkProgramRequest request = call.Read<UnlinkProgramRequest>();
        if (request.LinkHandle != NtHandle.Invalid)
        {
            EbpfResult result = call.Reference(request.LinkHandle, EbpfObjectType.Link, out EbpfObject? link);
            if (link is not null)
            {
                Detach(call, (EbpfLink)link);
            }

            return result;
        }

        return request.AttachDataPresent == 0 ? EbpfResult.Success : DetachMatching(call, request);
    }

    private static EbpfResult DetachMatching(in ProtocolCall call, in UnlinkProgramRequest request)
    {
        int length = call.RequestLength - UnlinkProgramRequest.TailOffset;
        if (!call.Require(length <= sizeof(ulong), CheckTable.UnlinkDataLength, length, sizeof(ulong)))
        {
            return call.Refused;
        }

        ReadOnlySpan<byte> data = new(call.Request + UnlinkProgramRequest.TailOffset, length);
        ObjectTable objects = call.Core.Objects;
        for (uint id = 0; objects.NextId(call.Current, id, EbpfObjectType.Link, out id) == EbpfResult.Success;)
        {
            if (objects.Reference(call.Current, id, EbpfObjectType.Link, out EbpfObject? @object) != EbpfResult.Success)
            {
                continue;
            }

            var link = (EbpfLink)@object!;
            BpfLinkInfo info = link.Info(call.Current);
            ReadOnlySpan<byte> attached = new(&info.AttachData, sizeof(ulong));
            bool matches = info.AttachTypeUuid == request.AttachType && attached.StartsWith(data);

            // As upstream, the program's handle is looked up only now: an invalid one is not an error if no link is a candidate.
            EbpfResult result = matches ? MatchProgram(call, request.ProgramHandle, info.ProgId, out matches) : EbpfResult.Success;
            if (matches)
            {
                Detach(call, link);
                continue;
            }

            if (result == EbpfResult.Success || !call.Core.Options.Defects.HasFlag(EbpfCoreDefects.KeepsLinkOnFailure))
            {
                link.Release(call.Current);
            }

            if (result != EbpfResult.Success)
            {
                return result;
            }
        }

        return EbpfResult.Success;
    }

    private static EbpfResult MatchProgram(in ProtocolCall call, NtHandle handle, uint programId, out bool matches)
    {
        matches = handle == NtHandle.Invalid;
        if (matches)
        {
            return EbpfResult.Success;
        }

        EbpfResult result = call.Reference(handle, EbpfObjectType.Program, out EbpfObject? program);
        if (program is not null)
        {
            matches = program.Id == programId;
            program.Release(call.Current);
        }

        return result;
    }

    private static void Detach(in ProtocolCall call, EbpfLink link)
    {
        link.Detach(call.Current);
        link.Release(call.Current);
    }
}
