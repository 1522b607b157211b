using KernelSim.Protocol;

namespace KernelSim.Tool.Replay;

/// <summary>
/// The objects that the recorded messages refer to, in the order in which the recording harness creates them: handles count from 1 and ids
/// from <see cref="FirstId"/> through programs, maps and links.
/// </summary>
internal static class RecordedObjects
{
    /// <summary>The code of every program: <c>r0 = 0; exit</c>.</summary>
    public static ReadOnlySpan<byte> Code => [0xB4, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>The attach types of the links, one link each, with four zero bytes as attach data.</summary>
    public static IReadOnlyList<AttachTypeRow> Links { get; } =
    [
        AttachTypeTable.Find(BpfAttachType.Bind)!,
        AttachTypeTable.Find(BpfAttachType.CgroupInet4Connect)!,
        AttachTypeTable.Find(BpfAttachType.CgroupInet6Connect)!,
        AttachTypeTable.Find(BpfAttachType.CgroupInet4RecvAccept)!,
        AttachTypeTable.Find(BpfAttachType.CgroupInet6RecvAccept)!,
        AttachTypeTable.Find(BpfAttachType.CgroupSockOps)!,
        AttachTypeTable.Find(BpfAttachType.Sample)!,
    ];

    /// <summary>The types of the programs. Each program uses one map of each type, except program arrays.</summary>
    public static IReadOnlyList<Guid> Programs { get; } = [.. Links.Select(l => l.ProgramType)];

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
