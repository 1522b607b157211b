using KernelSim.Bytecode;

namespace KernelSim.Tool.Replay;

/// <summary>
/// Stands in for the engine that the recording harness was built with: it accepts any instructions, and running them returns 0, as
/// the harness's programs do.
/// </summary>
internal sealed class RecordedEngine : IBytecodeEngine
{
    /// <inheritdoc/>
    public string Name => "recorded";

    /// <inheritdoc/>
    public IBytecodeProgram? Load(BytecodeImage image, out StructuralProblem? problem)
    {
        problem = null;
        return new Zero();
    }

    private sealed class Zero : IBytecodeProgram
    {
        public ulong Run(ref BytecodeRun run) => 0;
    }
}
