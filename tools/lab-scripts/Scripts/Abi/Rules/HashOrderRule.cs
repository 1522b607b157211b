namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>In which order a hash map is read.</summary>
internal sealed class HashOrderRule() : AbiRule(
    "hash.order",
    "the order of the elements of a hash map",
    new AbiSide("by buckets of jhash, with a random seed unless BPF_F_ZERO_SEED is set", "kernel/bpf/hashtab.c, htab_map_hash"),
    new AbiSide("by buckets of another hash, with a random seed", "libs/runtime/ebpf_hash_table.c, ebpf_hash_table_next_key_and_value"));
