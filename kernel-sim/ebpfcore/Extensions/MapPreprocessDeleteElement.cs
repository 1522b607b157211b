using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// Before an element goes: <c>ebpf_preprocess_map_delete_element_t</c>, which upstream has for old providers. Called at DISPATCH_LEVEL under the
/// map's lock when an element is deleted, and without it for what an update replaced or a map left.
/// </summary>
/// <param name="current">The thread.</param>
/// <param name="mapContext">What the provider remembers of the map.</param>
/// <param name="key">The key.</param>
/// <param name="value">The stored value, of the actual size.</param>
/// <param name="flags">Why.</param>
/// <returns>Success, or what keeps the element there; only listened to when an element is deleted.</returns>
public delegate EbpfResult MapPreprocessDeleteElement(
    KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapOperationFlags flags);
