using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// Copies out the data and context as the program left them, and frees the context: <c>ebpf_program_context_destroy_t</c>.
/// </summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="context">The context that <see cref="ProgramContextCreate"/> created.</param>
/// <param name="data">Buffer for the data.</param>
/// <param name="dataLength">Bytes written to <paramref name="data"/>.</param>
/// <param name="contextOut">Buffer for the context.</param>
/// <param name="contextLength">Bytes written to <paramref name="contextOut"/>.</param>
public unsafe delegate void ProgramContextDestroy(
    KeThread current, byte* context, Span<byte> data, out int dataLength, Span<byte> contextOut, out int contextLength);
