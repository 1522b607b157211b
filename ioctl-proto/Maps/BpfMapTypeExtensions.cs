namespace KernelSim.Protocol;

/// <summary>Properties of a map type that both sides need.</summary>
public static class BpfMapTypeExtensions
{
    /// <summary>
    /// True when a value is one slot per possible CPU for user mode. Upstream's <c>BPF_MAP_TYPE_PER_CPU</c> also counts perf event
    /// arrays, which have a ring per CPU but no values: see <see cref="MapTypeTraits.IsPerCpuInKernel"/>.
    /// </summary>
    public static bool IsPerCpu(this BpfMapType type) =>
        type is BpfMapType.PercpuHash or BpfMapType.PercpuArray or BpfMapType.LruPercpuHash;

    /// <summary>True for maps whose values are other objects and travel as handles: program arrays and maps of maps.</summary>
    public static bool HoldsObjects(this BpfMapType type) =>
        type is BpfMapType.ProgArray or BpfMapType.HashOfMaps or BpfMapType.ArrayOfMaps;
}
