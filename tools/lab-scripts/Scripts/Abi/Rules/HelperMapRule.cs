namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>The helpers that a map type has.</summary>
internal sealed class HelperMapRule() : AbiRule(
    "helper.map_type",
    "a helper on a map type that it is not for",
    new AbiSide("the verifier refuses the program: -EINVAL", "kernel/bpf/verifier.c, check_map_func_compatibility"),
    new AbiSide(
        "the helper fails, or works: a program can delete from a map of maps",
        "libs/execution_context/ebpf_maps.c, ebpf_map_delete_entry"));
