using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Elements of an array cannot be deleted.</summary>
internal sealed class ArrayDeleteRule() : AbiRule(
    "array.delete",
    "a delete from an array",
    new AbiSide("-EINVAL", "kernel/bpf/arraymap.c, array_map_delete_elem"),
    new AbiSide("sets the element to zeros", "libs/execution_context/ebpf_maps.c, _delete_array_map_entry"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request is { Operation: ElementOperation.Delete, Map.Family: LinuxMapFamily.Array } ? LinuxErrno.EINVAL : null;
}
