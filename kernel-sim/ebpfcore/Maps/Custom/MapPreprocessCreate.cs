using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>Called before a map is created: <c>ebpf_preprocess_map_create_t</c>. At PASSIVE_LEVEL.</summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="definition">The requested definition, not validated.</param>
/// <param name="actualValueSize">
/// Size in bytes of a value as it is stored: not 0, and equal to the definition's unless the provider rewrites values.
/// </param>
/// <param name="mapContext">The provider's own context for the map, which is passed to the other callbacks.</param>
/// <returns>Success; any other result makes the creation fail with <see cref="EbpfResult.ExtensionFailedToLoad"/>.</returns>
public delegate EbpfResult MapPreprocessCreate(
    KeThread current, EbpfMapDefinition definition, out uint actualValueSize, out object? mapContext);
