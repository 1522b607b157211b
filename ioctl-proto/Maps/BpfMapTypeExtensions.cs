namespace KernelSim.Protocol;

/// <summary>What both sides need to know of a map type by itself.</summary>
public static class BpfMapTypeExtensions
{
    /// <summary>
    /// True when a value is one slot per possible CPU for user mode: <c>BPF_MAP_TYPE_PER_CPU</c>. (A perf event array is per CPU
    /// inside the kernel, but has no values.)
    /// </summary>
    public static bool IsPerCpu(this BpfMapType type) =>
        type is BpfMapType.PercpuHash or BpfMapType.PercpuArray or BpfMapType.LruPercpuHash;

    /// <summary>True for maps whose values are other objects and travel as handles: program arrays and maps of maps.</summary>
    public static bool HoldsObjects(this BpfMapType type) =>
        type is BpfMapType.ProgArray or BpfMapType.HashOfMaps or BpfMapType.ArrayOfMaps;
}
