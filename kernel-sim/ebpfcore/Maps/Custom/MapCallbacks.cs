using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

// The callbacks of MapProviderDispatch, in its order, and the flags that they get.

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

/// <summary>Called after a map was deleted, or its creation failed: <c>ebpf_postprocess_map_delete_t</c>. At PASSIVE_LEVEL.</summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="mapContext">The provider's own context for the map.</param>
public delegate void MapPostprocessDelete(KeThread current, object? mapContext);

/// <summary>Called before a program uses a map: <c>ebpf_preprocess_map_associate_program_type_t</c>. At PASSIVE_LEVEL.</summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="mapContext">The provider's own context for the map.</param>
/// <param name="programType">GUID of the program's type.</param>
/// <returns>Success, or the result that refuses the program.</returns>
public delegate EbpfResult MapAssociateProgramType(KeThread current, object? mapContext, Guid programType);

/// <summary>
/// Called after an element was found, <c>ebpf_postprocess_map_find_element_t</c>, or before one is stored,
/// <c>ebpf_preprocess_map_update_element_t</c>. No locks are held; several calls may run at once.
/// </summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="mapContext">The provider's own context for the map.</param>
/// <param name="key">The element's key, of the map's key size.</param>
/// <param name="inValue">Found: the stored value, of the actual size. To be stored: the caller's value, of the definition's size.</param>
/// <param name="outValue">
/// Receives the value that the caller gets, or that is stored; initially zero. Empty unless the provider rewrites values.
/// </param>
/// <param name="flags"><see cref="MapOperationFlags.Helper"/> or none.</param>
/// <returns>Success, or the result that the caller gets; nothing is stored then.</returns>
public delegate EbpfResult MapElementFilter(
    KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> inValue, Span<byte> outValue, MapOperationFlags flags);

/// <summary>
/// Called before an element is deleted: <c>ebpf_preprocess_map_delete_element_t</c>, which upstream keeps for old providers. At DISPATCH_LEVEL
/// under the map's lock for a deletion, and without the lock for values that an update replaced or that go with the map.
/// </summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="mapContext">The provider's own context for the map.</param>
/// <param name="key">Key of the element, of the map's key size.</param>
/// <param name="value">The stored value, of the actual size.</param>
/// <param name="flags">Why the element is deleted.</param>
/// <returns>Success, or a result that keeps the element; ignored except for a deletion.</returns>
public delegate EbpfResult MapPreprocessDeleteElement(
    KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapOperationFlags flags);

/// <summary>
/// Called after an element was deleted: <c>ebpf_postprocess_map_delete_element_t</c>. Once for each value that was stored, or whose storing
/// failed after the provider had seen it; no locks are held.
/// </summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="mapContext">The provider's own context for the map.</param>
/// <param name="key">Key of the element, of the map's key size.</param>
/// <param name="value">The value that was stored, of the actual size.</param>
/// <param name="flags">Why the value was deleted.</param>
public delegate void MapPostprocessDeleteElement(
    KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapOperationFlags flags);

/// <summary>The reason for calling a map provider: <c>EBPF_MAP_OPERATION_*</c>.</summary>
[Flags]
public enum MapOperationFlags : uint
{
    /// <summary>A request of user mode, in the context of its process, at PASSIVE_LEVEL.</summary>
    None = 0,

    /// <summary>A program's helper call, at up to DISPATCH_LEVEL: <c>EBPF_MAP_OPERATION_HELPER</c>.</summary>
    Helper = 1,

    /// <summary>An update replaced this value, or failed: <c>EBPF_MAP_OPERATION_UPDATE</c>.</summary>
    Update = 2,

    /// <summary>The map is being deleted with all its elements: <c>EBPF_MAP_OPERATION_MAP_CLEANUP</c>.</summary>
    MapCleanup = 4,
}
