using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The create routines of the map types, one row each; the properties of the types are in <see cref="MapTypeTable"/>. A type without a row is not
/// implemented: creating one fails with <see cref="EbpfResult.OperationNotSupported"/> where its create routine would run.
/// </summary>
internal static class MapCreatorTable
{
    private static readonly (BpfMapType Type, MapCreator Create)[] s_rows =
    [
        (BpfMapType.Hash, HashMap.Create),
        (BpfMapType.Array, ArrayMap.Create),
        (BpfMapType.ProgArray, ProgramArray.Create),
        (BpfMapType.PercpuHash, PerCpuHashMap.Create),
        (BpfMapType.PercpuArray, PerCpuArrayMap.Create),
        (BpfMapType.HashOfMaps, HashOfMaps.Create),
        (BpfMapType.ArrayOfMaps, ArrayOfMaps.Create),
        (BpfMapType.LruHash, LruHashMap.Create),
        (BpfMapType.LpmTrie, LpmTrieMap.Create),
        (BpfMapType.Queue, QueueMap.Create),
        (BpfMapType.LruPercpuHash, LruPerCpuHashMap.Create),
        (BpfMapType.Stack, StackMap.Create),
        (BpfMapType.Ringbuf, RingBufferMap.Create),
        (BpfMapType.PerfEventArray, PerfEventArrayMap.Create),
    ];

    /// <summary>The create routine of a type; null when the type is not built.</summary>
    public static MapCreator? Find(BpfMapType type) =>
        MapTypeTable.Find(type) is { IsCustom: true } ? CustomMapCreation.Create : Array.Find(s_rows, row => row.Type == type).Create;
}

/// <summary>A map type's create routine, <c>create_map</c>: creates the map without an id, or fails.</summary>
/// <param name="caller">The caller, in whose process the handle of an inner map is looked up.</param>
/// <param name="parameters">Definition and name of the map.</param>
/// <param name="map">The map on success; the caller owns its only reference.</param>
internal delegate EbpfResult MapCreator(in Caller caller, MapParameters parameters, out EbpfMap? map);
