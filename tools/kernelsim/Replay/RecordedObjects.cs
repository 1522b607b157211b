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

    /// <summary>The maps. The recording fixes the list: a new type does not join it.</summary>
    public static IReadOnlyList<EbpfMapDefinition> Maps { get; } =
    [
        Map(BpfMapType.Hash),
        Map(BpfMapType.Array),
        Map(BpfMapType.ProgArray),
        Map(BpfMapType.PercpuHash),
        Map(BpfMapType.PercpuArray),
        Map(BpfMapType.HashOfMaps),
        Map(BpfMapType.ArrayOfMaps),
        Map(BpfMapType.LruHash),
        Map(BpfMapType.LpmTrie),
        Map(BpfMapType.Queue),
        Map(BpfMapType.LruPercpuHash),
        Map(BpfMapType.Stack),
        Map(BpfMapType.PercpuArray),
    ];

    /// <summary>Keys of 4 bytes and values of 20, where the type does not fix the size.</summary>
    private static EbpfMapDefinition Map(BpfMapType type)
    {
        MapTypeTraits traits = MapTypeTable.Find(type)!;
        return new EbpfMapDefinition
        {
            Type = type,
            KeySize = traits.IsKeyless ? 0u : 4,
            ValueSize = traits.HoldsObjects ? MapTypeTable.ObjectValueBytes : 20,
            MaxEntries = 10,
        };
    }
}
