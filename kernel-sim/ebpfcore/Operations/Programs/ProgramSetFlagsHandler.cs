using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 37: sets the flags that hook providers get when the program is attached. They are not validated.</summary>
internal sealed class ProgramSetFlagsHandler() : ProgramHandler(EbpfOperationId.ProgramSetFlags)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfProgram program)
    {
        program.Flags = call.Read<ProgramSetFlagsRequest>().Flags;
        return EbpfResult.Success;
    }
}
