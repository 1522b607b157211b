using KernelSim.EbpfCore.Links;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 45: keeps a link attached after its last handle is closed, as <c>bpf_prog_attach</c> guarantees.</summary>
internal sealed class LinkSetLegacyModeHandler() : ProtocolHandler(EbpfOperationId.LinkSetLegacyMode)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        EbpfResult result = call.Reference(call.Read<LinkSetLegacyModeRequest>().LinkHandle, EbpfObjectType.Link, out EbpfObject? link);
        if (link is null)
        {
            return result;
        }

        result = ((EbpfLink)link).SetLegacyMode(call.Caller);
        link.Release(call.Current);
        return result;
    }
}
