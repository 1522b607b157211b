namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Maps that user mode can only read, or only write.</summary>
internal sealed class AccessRule() : AbiRule(
    "element.access",
    "a map with BPF_F_RDONLY or BPF_F_WRONLY",
    new AbiSide("-EPERM for calls that user mode may not make", "kernel/bpf/syscall.c, map_get_sys_perms"),
    new AbiSide("has no such flags", "libs/api/libbpf_map.cpp, bpf_map_create"));
