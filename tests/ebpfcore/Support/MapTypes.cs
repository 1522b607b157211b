using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>The map types that are built, for theories.</summary>
internal static class MapTypes
{
    public static TheoryData<BpfMapType> Built => [BpfMapType.Hash, BpfMapType.Array, BpfMapType.PercpuHash, BpfMapType.PercpuArray];

    public static TheoryData<BpfMapType> Hashes => [BpfMapType.Hash, BpfMapType.PercpuHash];

    public static TheoryData<BpfMapType> Arrays => [BpfMapType.Array, BpfMapType.PercpuArray];

    public static TheoryData<BpfMapType> PerCpu => [BpfMapType.PercpuHash, BpfMapType.PercpuArray];

    public static bool IsArray(BpfMapType type) => type is BpfMapType.Array or BpfMapType.PercpuArray;
}
