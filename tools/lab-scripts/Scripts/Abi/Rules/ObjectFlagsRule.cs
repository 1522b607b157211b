using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>The flags of an update of an array of objects.</summary>
internal sealed class ObjectFlagsRule() : AbiRule(
    "objects.flags",
    "an update of a program array or an array of maps with flags",
    new AbiSide("-EINVAL for any but BPF_ANY", "kernel/bpf/arraymap.c, bpf_fd_array_map_update_elem"),
    new AbiSide("BPF_EXIST works", "libs/execution_context/ebpf_maps.c, _update_array_map_entry_with_handle"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request is { Operation: ElementOperation.Update, Flags: not 0, Map.Family: LinuxMapFamily.Objects } ? LinuxErrno.EINVAL : null;
}
