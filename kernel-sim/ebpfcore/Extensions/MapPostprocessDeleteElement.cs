using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// After an element has gone: <c>ebpf_postprocess_map_delete_element_t</c>. Once for each value that was stored, or nearly stored; without
/// locks.
/// </summary>
/// <param name="current">The thread.</param>
/// <param name="mapContext">What the provider remembers of the map.</param>
/// <param name="key">The key.</param>
/// <param name="value">The value that was stored, of the actual size.</param>
/// <param name="flags">Why.</param>
public delegate void MapPostprocessDeleteElement(
    KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapOperationFlags flags);
