using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>Operation 37: sets what hook providers are told when the program is attached. Nothing is checked.</summary>
internal sealed class ProgramSetFlagsHandler() : ProgramHandler(EbpfOperationId.ProgramSetFlags)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfProgram program)
    {
        program.Flags = call.Read<ProgramSetFlagsRequest>().Flags;
        return EbpfResult.Success;
    }
}
