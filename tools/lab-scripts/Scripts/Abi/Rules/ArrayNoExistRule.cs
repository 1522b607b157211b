using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Elements of an array cannot be new.</summary>
internal sealed class ArrayNoExistRule() : AbiRule(
    "array.noexist",
    "an update of an array with BPF_NOEXIST",
    new AbiSide("-EEXIST: every element exists", "kernel/bpf/arraymap.c, array_map_update_elem"),
    new AbiSide("-EINVAL", "libs/execution_context/ebpf_maps.c, _update_array_map_entry"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request is { Operation: ElementOperation.Update, Flags: ElementRequest.NoExist, Map.Family: LinuxMapFamily.Array }
            ? LinuxErrno.EEXIST
            : null;
}
