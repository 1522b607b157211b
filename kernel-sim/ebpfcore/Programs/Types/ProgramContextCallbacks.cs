using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// Creates a program's context from the caller's data: <c>ebpf_program_context_create_t</c>. At the type's required level.
/// </summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="data">The data, such as a packet; possibly empty.</param>
/// <param name="context">The caller's context, in the extension's public layout; possibly empty.</param>
/// <param name="created">The context on success: kernel memory that <see cref="ProgramContextDestroy"/> frees.</param>
/// <returns>Success, or the reason; the caller of the test run then gets <see cref="EbpfResult.InvalidArgument"/>.</returns>
public unsafe delegate EbpfResult ProgramContextCreate(
    KeThread current, ReadOnlySpan<byte> data, ReadOnlySpan<byte> context, out byte* created);

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
