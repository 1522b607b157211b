using KernelSim.Protocol;

namespace KernelSim.Tool.Replay;

/// <summary>
/// The objects that the recorded messages name, in the order in which the recording harness makes them: handles count from 1 and ids
/// from <see cref="FirstId"/> through programs, maps and links.
/// </summary>
internal static class RecordedObjects
{
    /// <summary>Programs: two of them share a type with a neighbour, which no message can tell.</summary>
    public const int Programs = 7;

    /// <summary>Links, one for each program.</summary>
    public const int Links = Programs;

    /// <summary>The id of the first object of a machine.</summary>
    public const uint FirstId = 2;

    private const uint ObjectIdSize = sizeof(uint);

    /// <summary>The maps.</summary>
    public static IReadOnlyList<EbpfMapDefinition> Maps { get; } =
    [
        Map(BpfMapType.Hash),
        Map(BpfMapType.Array),
        Map(BpfMapType.ProgArray, valueSize: ObjectIdSize),
        Map(BpfMapType.PercpuHash),
        Map(BpfMapType.PercpuArray),
        Map(BpfMapType.HashOfMaps, valueSize: ObjectIdSize),
        Map(BpfMapType.ArrayOfMaps, valueSize: ObjectIdSize),
        Map(BpfMapType.LruHash),
        Map(BpfMapType.LpmTrie),
        Map(BpfMapType.Queue, keySize: 0),
        Map(BpfMapType.LruPercpuHash),
        Map(BpfMapType.Stack, keySize: 0),
        Map(BpfMapType.PercpuArray),
    ];

    private static EbpfMapDefinition Map(BpfMapType type, uint keySize = 4, uint valueSize = 20) =>
        new() { Type = type, KeySize = keySize, ValueSize = valueSize, MaxEntries = 10 };
}
