namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>The flags of a batch that apply to each element.</summary>
internal sealed class BatchElemFlagsRule() : AbiRule(
    "batch.elem_flags",
    "elem_flags of a batch call",
    new AbiSide("-EINVAL for BPF_NOEXIST and BPF_EXIST too", "kernel/bpf/syscall.c, generic_map_update_batch"),
    new AbiSide(
        "an update takes BPF_NOEXIST and BPF_EXIST; lookup-and-delete ignores them",
        "libs/api/ebpf_api.cpp, ebpf_map_update_element_batch"));
