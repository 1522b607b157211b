using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Queues have no keys.</summary>
internal sealed class QueueNextKeyRule() : AbiRule(
    "queue.next_key",
    "the next key of a queue or stack",
    new AbiSide("-EINVAL", "kernel/bpf/queue_stack_maps.c, queue_stack_map_get_next_key"),
    new AbiSide("-ENOTSUP", "libs/api/ebpf_api.cpp, ebpf_map_get_next_key"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request is { Operation: ElementOperation.NextKey, Map.Family: LinuxMapFamily.Queue } ? LinuxErrno.EINVAL : null;
}
