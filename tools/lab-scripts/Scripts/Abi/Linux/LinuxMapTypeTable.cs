using KernelSim.Protocol;
using static KernelSim.LabScripts.Abi.Linux.LinuxMapFamily;
using static KernelSim.LabScripts.Abi.Linux.LinuxMapFlags;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>The map types that this machine has and Linux has too, as Linux implements them.</summary>
internal static class LinuxMapTypeTable
{
    private const LinuxMapFlags HashFlags = NoPrealloc | LinuxMapFlags.Access | ZeroSeed;
    private const LinuxMapFlags ObjectFlags = NumaNode | ReadOnly | WriteOnly;

    private static readonly LinuxMapType[] s_rows =
    [
        HashOf(BpfMapType.Hash, HashFlags | NumaNode),
        HashOf(BpfMapType.PercpuHash, HashFlags),
        HashOf(BpfMapType.LruHash, (HashFlags | NumaNode | NoCommonLru) & ~NoPrealloc) with { Evicts = true },
        HashOf(BpfMapType.LruPercpuHash, (HashFlags | NoCommonLru) & ~NoPrealloc) with { Evicts = true },
        HashOf(BpfMapType.HashOfMaps, HashFlags | NumaNode) with { TakesElements = false, HoldsMaps = true },
        new(BpfMapType.Array, LinuxMapFamily.Array, NumaNode | LinuxMapFlags.Access | Mmapable | InnerMap) { HasBatches = true },
        new(BpfMapType.PercpuArray, LinuxMapFamily.Array, LinuxMapFlags.Access) { HasBatches = true },
        new(BpfMapType.ProgArray, Objects, ObjectFlags) { CanBeInner = false },
        new(BpfMapType.ArrayOfMaps, Objects, ObjectFlags) { HasBatches = true, HoldsMaps = true },
        new(BpfMapType.LpmTrie, Trie, NoPrealloc | NumaNode | LinuxMapFlags.Access) { HasBatches = true, DeletesBatches = true },
        new(BpfMapType.Queue, LinuxMapFamily.Queue, NumaNode | LinuxMapFlags.Access) { TakesElements = true },
        new(BpfMapType.Stack, LinuxMapFamily.Queue, NumaNode | LinuxMapFlags.Access) { TakesElements = true },
        new(BpfMapType.Ringbuf, Ring, NumaNode),
        new(BpfMapType.PerfEventArray, Ring, ObjectFlags | PreserveElements),
    ];

    /// <summary>The row of a type; null if Linux, or this machine, does not have it.</summary>
    public static LinuxMapType? Find(BpfMapType type) => s_rows.FirstOrDefault(r => r.Type == type);

    private static LinuxMapType HashOf(BpfMapType type, LinuxMapFlags flags) => new(type, Hash, flags)
    {
        TakesElements = true,
        HasBatches = true,
        DeletesBatches = true,
        TakesBatches = true,
    };
}
