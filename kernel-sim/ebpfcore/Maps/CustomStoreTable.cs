using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>The base types of custom maps, one row each.</summary>
/// <remarks>
/// Upstream has the first. The others that have one value for each key follow. What has none is no base: values of queues and rings have no
/// keys to call a provider with, those of maps of maps and program arrays are handles, and how many slots a per-CPU value has must be known by
/// the number of the type alone, in every library.
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

    /// <summary>Makes a store for values of a size, or says why not.</summary>
    public delegate EbpfResult Creator(
        KeThread current, EbpfCore core, EbpfMapDefinition definition, uint storedBytes, string site, out CustomStore? store);

    /// <summary>Names of the base types.</summary>
    public static string Names => string.Join(", ", s_rows.Select(row => BpfMapTypeNames.NameOf(row.Type)));

    /// <summary>The create routine of a base type; null for a type that is none.</summary>
    public static Creator? Find(BpfMapType type) => Array.Find(s_rows, row => row.Type == type).Create;
}
