namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>The flags of a batch.</summary>
internal sealed class BatchFlagsRule() : AbiRule(
    "batch.flags",
    "flags of a batch call",
    new AbiSide(
        "ignored, except by lookups of hash maps, where they are -EINVAL",
        "kernel/bpf/syscall.c, generic_map_lookup_batch; hashtab.c, __htab_map_lookup_and_delete_batch"),
    new AbiSide("-EINVAL", "libs/api/libbpf_map.cpp, bpf_map_update_batch"));
