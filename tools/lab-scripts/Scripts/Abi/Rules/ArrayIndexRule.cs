using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>An update beyond the end of an array.</summary>
internal sealed class ArrayIndexRule() : AbiRule(
    "array.index",
    "an update of an array beyond its end",
    new AbiSide("-E2BIG", "kernel/bpf/arraymap.c, array_map_update_elem"),
    new AbiSide("-EINVAL", "libs/execution_context/ebpf_maps.c, _update_array_map_entry"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request is { Operation: ElementOperation.Update, Map.HasIndexes: true } && request.Index >= request.Map.MaxEntries
            ? LinuxErrno.E2BIG
            : null;
}
