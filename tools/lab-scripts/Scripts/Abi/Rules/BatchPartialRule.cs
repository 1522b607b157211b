using KernelSim.UserMode;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>What a batch that failed in the middle says of its elements.</summary>
internal sealed class BatchPartialRule() : AbiRule(
    "batch.partial",
    "*count after an update or delete of a batch that failed at an element",
    new AbiSide("the number done", "kernel/bpf/syscall.c, generic_map_update_batch, generic_map_delete_batch"),
    new AbiSide("upstream: unchanged; checked: the number done", "libs/api/ebpf_api.cpp, ebpf_map_update_element_batch"))
{
    /// <inheritdoc/>
    public override bool DivergesFrom(LibraryVersion library) => library != LibraryVersion.Checked;
}
