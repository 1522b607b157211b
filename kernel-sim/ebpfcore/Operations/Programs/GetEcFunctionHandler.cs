using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 16: gives the compiler the address of the only function that it may request, <c>ebpf_log_function</c>.</summary>
internal sealed class GetEcFunctionHandler() : ProtocolHandler(EbpfOperationId.GetEcFunction)
{
    // Has only the form of a kernel address; nothing is there.
    private const ulong LogFunction = 0xFFFF_F800_00F0_0000;

    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        EbpfEcFunction function = call.Read<GetEcFunctionRequest>().Function;
        if (!call.Require(function == EbpfEcFunction.Log, CheckTable.EcFunction, (long)function, (long)EbpfEcFunction.Log))
        {
            return call.Refused;
        }

        call.WriteBody(new GetEcFunctionReply { Address = LogFunction });
        return EbpfResult.Success;
    }
}
