using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// Called before an element is deleted: <c>ebpf_preprocess_map_delete_element_t</c>, which upstream keeps for old providers. Called at DISPATCH_LEVEL under the
/// map's lock for a deletion, and without the lock for values that an update replaced or that go with the map.
/// </summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="mapContext">What the provider remembers of the map.</param>
/// <param name="key">Key of the element, of the map's key size.</param>
/// <param name="value">The stored value, of the actual size.</param>
/// <param name="flags">Why the element is deleted.</param>
/// <returns>Success, or a result that keeps the element; ignored except for a deletion.</returns>
public delegate EbpfResult MapPreprocessDeleteElement(
    KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapOperationFlags flags);
