namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// The interface for an engine that runs eBPF bytecode, as ubpf does for the real driver. The driver has none of its own; without one it behaves like
/// upstream built with <c>CONFIG_BPF_INTERPRETER_DISABLED</c>.
/// </summary>
public interface IBytecodeEngine
{
    /// <summary>Loads instructions: <c>ubpf_load</c>.</summary>
    /// <param name="instructions">The instructions, 8 bytes each, at least one.</param>
    /// <param name="error">Why they were refused, for the trace.</param>
    /// <returns>The loaded program; null if the engine does not accept the instructions.</returns>
    IBytecodeProgram? Load(ReadOnlySpan<byte> instructions, out string? error);
}
