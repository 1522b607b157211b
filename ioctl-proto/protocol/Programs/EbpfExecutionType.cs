namespace KernelSim.Protocol;

/// <summary>The requested way to run programs: <c>ebpf_execution_type_t</c>. The actual one is an <see cref="EbpfCodeType"/>.</summary>
public enum EbpfExecutionType : uint
{
    /// <summary><c>EBPF_EXECUTION_ANY</c>: as the file allows.</summary>
    Any = 0,

    /// <summary><c>EBPF_EXECUTION_JIT</c>: compiled by the eBPF service.</summary>
    Jit = 1,

    /// <summary><c>EBPF_EXECUTION_INTERPRET</c>.</summary>
    Interpret = 2,

    /// <summary><c>EBPF_EXECUTION_NATIVE</c>: a driver.</summary>
    Native = 3,
}
