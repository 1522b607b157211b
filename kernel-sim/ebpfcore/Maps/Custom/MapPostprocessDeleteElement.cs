using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// Called after an element was deleted: <c>ebpf_postprocess_map_delete_element_t</c>. Once for each value that was stored, or whose storing
/// failed after the provider had seen it; no locks are held.
/// </summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="mapContext">What the provider remembers of the map.</param>
/// <param name="key">Key of the element, of the map's key size.</param>
/// <param name="value">The value that was stored, of the actual size.</param>
/// <param name="flags">Why the value was deleted.</param>
public delegate void MapPostprocessDeleteElement(
    KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapOperationFlags flags);
