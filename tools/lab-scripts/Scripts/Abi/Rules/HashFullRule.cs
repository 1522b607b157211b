using KernelSim.LabScripts.Abi.Linux;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>A hash map is full.</summary>
internal sealed class HashFullRule() : AbiRule(
    "hash.full",
    "insertion into a hash map with max_entries elements",
    new AbiSide("-E2BIG", "kernel/bpf/hashtab.c, alloc_htab_elem"),
    new AbiSide("succeeds: max_entries is a hint", "libs/execution_context/ebpf_maps.c, _create_hash_map_internal"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnFailure(in ElementRequest request, Errno failure) =>
        failure == Errno.ENOSPC && request.Map.Family == LinuxMapFamily.Hash ? LinuxErrno.E2BIG : null;
}
