namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>A walk that starts beyond the end.</summary>
internal sealed class WalkRestartRule() : AbiRule(
    "array.next_key",
    "the next key of an index beyond the end of an array",
    new AbiSide("the first key", "kernel/bpf/arraymap.c, array_map_get_next_key"),
    new AbiSide("-ENOENT", "libs/execution_context/ebpf_maps.c, _next_array_map_key_and_value"));
