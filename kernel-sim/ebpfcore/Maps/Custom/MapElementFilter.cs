using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// Called after an element was found, <c>ebpf_postprocess_map_find_element_t</c>, or before one is stored,
/// <c>ebpf_preprocess_map_update_element_t</c>. No locks are held; several calls may run at once.
/// </summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="mapContext">What the provider remembers of the map.</param>
/// <param name="key">The element's key, of the map's key size.</param>
/// <param name="inValue">Found: the stored value, of the actual size. To be stored: the caller's value, of the definition's size.</param>
/// <param name="outValue">
/// Receives the value that the caller gets, or that is stored; initially zero. Empty unless the provider rewrites values.
/// </param>
/// <param name="flags"><see cref="MapOperationFlags.Helper"/> or none.</param>
/// <returns>Success, or the result that the caller gets; nothing is stored then.</returns>
public delegate EbpfResult MapElementFilter(
    KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> inValue, Span<byte> outValue, MapOperationFlags flags);
