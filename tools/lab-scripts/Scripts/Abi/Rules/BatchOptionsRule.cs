using KernelSim.UserMode;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Options that are not given.</summary>
internal sealed class BatchOptionsRule() : AbiRule(
    "batch.null_opts",
    "a batch call with NULL opts",
    new AbiSide("the defaults", "tools/lib/bpf/bpf.c, bpf_map_batch_common"),
    new AbiSide("upstream dereferences NULL; checked takes the defaults", "libs/api/libbpf_map.cpp, bpf_map_lookup_batch"))
{
    /// <inheritdoc/>
    public override bool DivergesFrom(LibraryVersion library) => library != LibraryVersion.Checked;
}
