using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>Before a map is created: <c>ebpf_preprocess_map_create_t</c>. At PASSIVE_LEVEL.</summary>
/// <param name="current">The thread.</param>
/// <param name="definition">What is asked for; nothing of it has been checked.</param>
/// <param name="actualValueSize">
/// Bytes of a value as it is stored: not 0, and the definition's own unless the provider rewrites values.
/// </param>
/// <param name="mapContext">What the provider remembers of the map; the other callbacks get it back.</param>
/// <returns>Success, or whatever makes the creation fail with <see cref="EbpfResult.ExtensionFailedToLoad"/>.</returns>
public delegate EbpfResult MapPreprocessCreate(
    KeThread current, EbpfMapDefinition definition, out uint actualValueSize, out object? mapContext);
