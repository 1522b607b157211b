namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Buckets are delivered whole.</summary>
internal sealed class BatchBucketRule() : AbiRule(
    "batch.bucket",
    "a batch lookup of a hash map with less room than elements",
    new AbiSide(
        "whole buckets only: -ENOSPC if the first has more than *count elements",
        "kernel/bpf/hashtab.c, __htab_map_lookup_and_delete_batch"),
    new AbiSide("*count elements, whatever their buckets", "libs/execution_context/ebpf_maps.c, ebpf_map_get_next_key_and_value_batch"));
