using KernelSim.EbpfCore.Extensions;

namespace KernelSim.Tool.Replay;

/// <summary>
/// Stands in for the engine that the recording harness was built with: it accepts any instructions, and running them returns 0, as
/// the harness's programs do.
/// </summary>
internal sealed class RecordedEngine : IBytecodeEngine
{
    /// <inheritdoc/>
    public IBytecodeProgram? Load(ReadOnlySpan<byte> instructions, out string? error)
    {
        error = null;
        return new Zero();
    }

    private sealed class Zero : IBytecodeProgram
    {
        public long Run(in HelperCall call) => 0;
    }
}
