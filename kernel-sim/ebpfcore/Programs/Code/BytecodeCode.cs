using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs;

/// <summary>Instructions that the configured engine runs.</summary>
internal sealed class BytecodeCode(IBytecodeProgram program) : ProgramCode
{
    /// <inheritdoc/>
    public override uint Run(in HelperCall call) => (uint)program.Run(call);
}
