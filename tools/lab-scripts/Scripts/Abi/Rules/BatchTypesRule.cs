namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>The batch calls that a type has.</summary>
internal sealed class BatchTypesRule() : AbiRule(
    "batch.types",
    "batch calls on types without them",
    new AbiSide(
        "-ENOTSUPP: delete and lookup-and-delete of arrays, lookup-and-delete of LPM tries, all of program arrays",
        "kernel/bpf/syscall.c, bpf_map_do_batch"),
    new AbiSide(
        "work for every type whose elements can be walked and deleted",
        "libs/execution_context/ebpf_maps.c, ebpf_map_get_next_key_and_value_batch"));
