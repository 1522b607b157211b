using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// After an element was found, <c>ebpf_postprocess_map_find_element_t</c>, or before one is stored,
/// <c>ebpf_preprocess_map_update_element_t</c>. Without locks; several may run at once.
/// </summary>
/// <param name="current">The thread.</param>
/// <param name="mapContext">What the provider remembers of the map.</param>
/// <param name="key">The key.</param>
/// <param name="inValue">Found: the stored value, of the actual size. To be stored: the caller's, of the definition's size.</param>
/// <param name="outValue">
/// Where the provider writes the value that the caller gets, or that is stored; zeros so far. Empty unless the provider rewrites values.
/// </param>
/// <param name="flags"><see cref="MapOperationFlags.Helper"/> or none.</param>
/// <returns>Success, or what the caller is told; nothing is stored then.</returns>
public delegate EbpfResult MapElementFilter(
    KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> inValue, Span<byte> outValue, MapOperationFlags flags);
