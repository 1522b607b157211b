namespace KernelSim.Protocol;

/// <summary>Kernel functions that JIT-compiled code can request by number: <c>ebpf_ec_function_t</c>.</summary>
public enum EbpfEcFunction : uint
{
    /// <summary><c>EBPF_EC_FUNCTION_LOG</c>.</summary>
    Log = 0,
}
