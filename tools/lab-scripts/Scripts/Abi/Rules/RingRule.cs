using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Rings have no elements.</summary>
internal sealed class RingRule() : AbiRule(
    "ring.elements",
    "calls on elements of a ring buffer",
    new AbiSide("-ENOTSUPP", "kernel/bpf/ringbuf.c, ringbuf_map_lookup_elem"),
    new AbiSide("-ENOTSUP, get_next_key -EINVAL or -ENOTSUP", "libs/execution_context/ebpf_maps.c, ebpf_map_find_entry"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request.Map.Family == LinuxMapFamily.Ring ? LinuxErrno.ENOTSUPP : null;
}
