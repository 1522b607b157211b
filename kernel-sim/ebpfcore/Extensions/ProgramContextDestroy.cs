using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// Copies out what a program made of its data and context, and gives the context back: <c>ebpf_program_context_destroy_t</c>.
/// </summary>
/// <param name="current">The thread.</param>
/// <param name="context">The context that <see cref="ProgramContextCreate"/> made.</param>
/// <param name="data">Room for the data.</param>
/// <param name="dataLength">Bytes of it that were written.</param>
/// <param name="contextOut">Room for the context.</param>
/// <param name="contextLength">Bytes of it that were written.</param>
public unsafe delegate void ProgramContextDestroy(
    KeThread current, byte* context, Span<byte> data, out int dataLength, Span<byte> contextOut, out int contextLength);
