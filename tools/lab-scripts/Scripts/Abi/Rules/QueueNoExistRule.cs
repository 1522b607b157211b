using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>The flags of a push.</summary>
internal sealed class QueueNoExistRule() : AbiRule(
    "queue.flags",
    "a push with BPF_NOEXIST",
    new AbiSide("-EINVAL", "kernel/bpf/queue_stack_maps.c, queue_stack_map_push_elem"),
    new AbiSide("pushes", "libs/execution_context/ebpf_maps.c, _update_circular_map_entry"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request is { Operation: ElementOperation.Update, Map.Family: LinuxMapFamily.Queue, Flags: not (0 or ElementRequest.Exist) }
            ? LinuxErrno.EINVAL
            : null;
}
