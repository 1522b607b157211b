using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>What Linux's <c>bpf_map_ops</c> of a map type say: one row of <see cref="LinuxMapTypeTable"/>.</summary>
/// <param name="Type">The type.</param>
/// <param name="Family">The implementation that it shares.</param>
/// <param name="Flags">The flags that it can be created with.</param>
internal sealed record LinuxMapType(BpfMapType Type, LinuxMapFamily Family, LinuxMapFlags Flags)
{
    /// <summary>Whether it has <c>map_lookup_and_delete_elem</c>, or <c>map_pop_elem</c>.</summary>
    public bool TakesElements { get; init; }

    /// <summary>Whether it has <c>map_lookup_batch</c> and <c>map_update_batch</c>.</summary>
    public bool HasBatches { get; init; }

    /// <summary>Whether it has <c>map_delete_batch</c>.</summary>
    public bool DeletesBatches { get; init; }

    /// <summary>Whether it has <c>map_lookup_and_delete_batch</c>.</summary>
    public bool TakesBatches { get; init; }

    /// <summary>Whether it can be the inner map of a map of maps: it has <c>map_meta_equal</c>.</summary>
    public bool CanBeInner { get; init; } = true;

    /// <summary>Whether a full map evicts an element.</summary>
    public bool Evicts { get; init; }

    /// <summary>Whether its values are maps.</summary>
    public bool HoldsMaps { get; init; }

    /// <summary>Whether a value has a slot for each CPU.</summary>
    public bool IsPerCpu => Type.IsPerCpu();
}
