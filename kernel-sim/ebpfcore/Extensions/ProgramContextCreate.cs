using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// Makes a program's context from what a caller supplied: <c>ebpf_program_context_create_t</c>. At the type's required level.
/// </summary>
/// <param name="current">The thread.</param>
/// <param name="data">The data, such as a packet; maybe empty.</param>
/// <param name="context">The caller's context, in the extension's public layout; maybe empty.</param>
/// <param name="created">The context on success: kernel memory that <see cref="ProgramContextDestroy"/> gives back.</param>
/// <returns>Success, or why not; the caller of the test run gets <see cref="EbpfResult.InvalidArgument"/> then.</returns>
public unsafe delegate EbpfResult ProgramContextCreate(
    KeThread current, ReadOnlySpan<byte> data, ReadOnlySpan<byte> context, out byte* created);
