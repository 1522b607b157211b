namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>What in_batch and out_batch of a hash map are.</summary>
internal sealed class BatchCursorRule() : AbiRule(
    "batch.cursor",
    "the cursor of a batch lookup of a hash map",
    new AbiSide("4 opaque bytes: the number of the next bucket", "kernel/bpf/hashtab.c, __htab_map_lookup_and_delete_batch"),
    new AbiSide("the last key delivered, key_size bytes", "libs/api/ebpf_api.cpp, _ebpf_map_lookup_element_batch_helper"));
