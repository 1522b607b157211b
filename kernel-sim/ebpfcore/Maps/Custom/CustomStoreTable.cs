using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>The base types of custom maps, one row each.</summary>
/// <remarks>
/// Upstream has only the first. The others are the types with one value for each key. Queues and rings have no keys to pass to a provider,
/// values of maps of maps and program arrays are handles, and the number of slots of a per-CPU value must follow from the type alone, in every
/// library: none of these can be a base.
/// </remarks>
internal static class CustomStoreTable
{
    private static readonly (BpfMapType Type, Creator Create)[] s_rows =
    [
        (BpfMapType.Hash, CustomHashStore.Create),
        (BpfMapType.Array, CustomArrayStore.Create),
        (BpfMapType.LruHash, CustomLruStore.Create),
        (BpfMapType.LpmTrie, CustomLpmStore.Create),
    ];

    /// <summary>Creates a store.</summary>
    /// <param name="caller">The caller, for checks and traces.</param>
    /// <param name="definition">Definition of the map; its type is the custom one.</param>
    /// <param name="storedBytes">Size of a stored value in bytes, which may exceed the definition's.</param>
    /// <param name="store">The store on success.</param>
    public delegate EbpfResult Creator(
        in Caller caller, EbpfMapDefinition definition, uint storedBytes, out CustomStore? store);

    /// <summary>The create routine of a base type; null if the type cannot be a base.</summary>
    public static Creator? Find(BpfMapType type) => Array.Find(s_rows, row => row.Type == type).Create;
}
