namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Buffers that the kernel cannot copy from or to.</summary>
internal sealed class AddressRule() : AbiRule(
    "element.address",
    "a NULL or short buffer for keys or values",
    new AbiSide(
        "-EFAULT where the memory ends; a buffer with memory behind it is overrun",
        "kernel/bpf/syscall.c, __bpf_copy_key, generic_map_update_batch"),
    new AbiSide(
        "upstream: the process faults or overruns; checked: -EINVAL before anything moves",
        "libs/api/ebpf_api.cpp, ebpf_map_update_element"));
