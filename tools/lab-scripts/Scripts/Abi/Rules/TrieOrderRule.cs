namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>In which order a trie is read.</summary>
internal sealed class TrieOrderRule() : AbiRule(
    "lpm.order",
    "the order of the elements of an LPM trie",
    new AbiSide("longer prefixes before those that they match", "kernel/bpf/lpm_trie.c, trie_get_next_key"),
    new AbiSide("by buckets of a hash", "libs/execution_context/ebpf_maps.c, _next_lpm_map_key_and_value"));
