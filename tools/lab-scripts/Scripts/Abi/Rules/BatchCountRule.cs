using KernelSim.UserMode;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>What a batch that was refused says of its elements.</summary>
internal sealed class BatchCountRule() : AbiRule(
    "batch.count",
    "*count after a batch call that was refused before it began",
    new AbiSide("unchanged", "kernel/bpf/syscall.c, bpf_map_do_batch"),
    new AbiSide("upstream: unchanged; checked: 0", "libs/api/ebpf_api.cpp, ebpf_map_update_element_batch"))
{
    /// <inheritdoc/>
    public override bool DivergesFrom(LibraryVersion library) => library == LibraryVersion.Checked;
}
