using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 40: reports whether hypervisor code integrity and test signing are on.</summary>
internal sealed class GetCodeIntegrityStateHandler() : ProtocolHandler(EbpfOperationId.GetCodeIntegrityState)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        EbpfCoreOptions options = call.Core.Options;
        call.WriteBody(new GetCodeIntegrityStateReply
        {
            HypervisorCodeIntegrityEnabled = (byte)(options.HypervisorCodeIntegrity ? 1 : 0),
            TestSigningEnabled = (byte)(options.TestSigning ? 1 : 0),
        });
        return EbpfResult.Success;
    }
}
