using KernelSim.LabScripts.Abi.Linux;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>An LPM trie is full.</summary>
internal sealed class TrieFullRule() : AbiRule(
    "lpm.full",
    "insertion into an LPM trie with max_entries elements",
    new AbiSide("-ENOSPC", "kernel/bpf/lpm_trie.c, trie_check_add_elem"),
    new AbiSide("succeeds: max_entries is a hint", "libs/execution_context/ebpf_maps.c, _create_lpm_map"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnFailure(in ElementRequest request, Errno failure) =>
        failure == Errno.ENOSPC && request.Map.Family == LinuxMapFamily.Trie ? LinuxErrno.ENOSPC : null;
}
