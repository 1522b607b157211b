namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// Where an engine for eBPF bytecode goes in: what ubpf is to the real driver. The driver has none of its own; without one it answers as
/// upstream does when it is built with <c>CONFIG_BPF_INTERPRETER_DISABLED</c>.
/// </summary>
public interface IBytecodeEngine
{
    /// <summary>Makes a program of instructions: <c>ubpf_load</c>.</summary>
    /// <param name="instructions">The instructions, 8 bytes each, at least one.</param>
    /// <param name="error">Why not, for the trace.</param>
    /// <returns>The program; null when the instructions are not what the engine takes.</returns>
    IBytecodeProgram? Load(ReadOnlySpan<byte> instructions, out string? error);
}
