namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>A walk of a trie that starts at an invalid prefix.</summary>
internal sealed class TrieRestartRule() : AbiRule(
    "lpm.next_key",
    "the next key of a prefix that is too long",
    new AbiSide("the first key", "kernel/bpf/lpm_trie.c, trie_get_next_key"),
    new AbiSide("-EINVAL", "libs/execution_context/ebpf_maps.c, _next_lpm_map_key_and_value"));
