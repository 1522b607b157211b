using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>Map types for theories: <see cref="Built"/> are those that take any key and value.</summary>
internal static class MapTypes
{
    public static TheoryData<BpfMapType> Built =>
    [
        BpfMapType.Hash, BpfMapType.Array, BpfMapType.PercpuHash, BpfMapType.PercpuArray, BpfMapType.LruHash, BpfMapType.LruPercpuHash,
    ];

    public static TheoryData<BpfMapType> Hashes =>
        [BpfMapType.Hash, BpfMapType.PercpuHash, BpfMapType.LruHash, BpfMapType.LruPercpuHash];

    public static TheoryData<BpfMapType> Lru => [BpfMapType.LruHash, BpfMapType.LruPercpuHash];

    /// <summary>The types that have values but no keys.</summary>
    public static TheoryData<BpfMapType> Circular => [BpfMapType.Queue, BpfMapType.Stack];

    public static TheoryData<BpfMapType> Arrays => [BpfMapType.Array, BpfMapType.PercpuArray];

    public static TheoryData<BpfMapType> PerCpu => [BpfMapType.PercpuHash, BpfMapType.PercpuArray, BpfMapType.LruPercpuHash];

    public static bool IsArray(BpfMapType type) => type is BpfMapType.Array or BpfMapType.PercpuArray;
}
