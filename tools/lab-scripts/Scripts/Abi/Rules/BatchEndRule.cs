namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>The end of the map.</summary>
internal sealed class BatchEndRule() : AbiRule(
    "batch.end",
    "a batch lookup that reaches the end of the map",
    new AbiSide(
        "-ENOENT together with the last elements",
        "kernel/bpf/hashtab.c, __htab_map_lookup_and_delete_batch; syscall.c, generic_map_lookup_batch"),
    new AbiSide("0 with the last elements, -ENOENT from the next call", "libs/api/ebpf_api.cpp, _ebpf_map_lookup_element_batch_helper"));
