namespace KernelSim.Protocol;

/// <summary>
/// Properties of a map type that both sides need: columns of its row in <see cref="MapTypeTable"/>; false for a number without a row.
/// </summary>
public static class BpfMapTypeExtensions
{
    /// <summary>
    /// True when a value is one slot per possible CPU for user mode. Upstream's <c>BPF_MAP_TYPE_PER_CPU</c> also counts perf event
    /// arrays, which have a ring per CPU but no values: see <see cref="MapTypeTraits.IsPerCpuInKernel"/>.
    /// </summary>
    public static bool IsPerCpu(this BpfMapType type) => MapTypeTable.FindRow(type)?.HasPerCpuValues == true;

    /// <summary>True for maps whose values are other objects and travel as handles: program arrays and maps of maps.</summary>
    public static bool HoldsObjects(this BpfMapType type) => MapTypeTable.FindRow(type)?.HoldsObjects == true;
}
