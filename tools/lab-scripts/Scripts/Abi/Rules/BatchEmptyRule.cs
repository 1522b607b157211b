namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>A batch of no elements.</summary>
internal sealed class BatchEmptyRule() : AbiRule(
    "batch.count_zero",
    "a batch call with *count 0",
    new AbiSide("0, nothing done", "kernel/bpf/syscall.c, generic_map_lookup_batch"),
    new AbiSide("-EINVAL", "libs/api/ebpf_api.cpp, _ebpf_map_lookup_element_batch_helper"));
