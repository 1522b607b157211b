namespace KernelSim.Protocol;

/// <summary>The kind of code of a program: <c>ebpf_code_type_t</c>.</summary>
public enum EbpfCodeType : uint
{
    /// <summary><c>EBPF_CODE_NONE</c>: no code yet.</summary>
    None = 0,

    /// <summary><c>EBPF_CODE_JIT</c>: machine code made from instructions by the service.</summary>
    Jit = 1,

    /// <summary><c>EBPF_CODE_EBPF</c>: instructions, interpreted.</summary>
    Ebpf = 2,

    /// <summary><c>EBPF_CODE_NATIVE</c>, and <c>EBPF_CODE_MAX</c>: a driver compiled beforehand.</summary>
    Native = 3,
}
