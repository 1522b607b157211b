using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Flags that no update of an array has.</summary>
internal sealed class ArrayFlagsRule() : AbiRule(
    "array.flags",
    "an update of an array with flags over BPF_EXIST",
    new AbiSide("-EINVAL", "kernel/bpf/arraymap.c, array_map_update_elem"),
    new AbiSide("-EINVAL from user mode; a program's update ignores them", "libs/execution_context/ebpf_maps.c, _update_array_map_entry"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request is { Operation: ElementOperation.Update, Flags: > ElementRequest.Exist, Map.Family: LinuxMapFamily.Array }
            ? LinuxErrno.EINVAL
            : null;
}
