using KernelSim.LabScripts.Abi.Linux;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>A queue or stack is full.</summary>
internal sealed class QueueFullRule() : AbiRule(
    "queue.full",
    "a push to a full queue or stack",
    new AbiSide("-E2BIG", "kernel/bpf/queue_stack_maps.c, queue_stack_map_push_elem"),
    new AbiSide("-ENOSPC", "libs/execution_context/ebpf_maps.c, _update_circular_map_entry"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnFailure(in ElementRequest request, Errno failure) =>
        failure == Errno.ENOSPC && request.Map.Family == LinuxMapFamily.Queue ? LinuxErrno.E2BIG : null;
}
