namespace KernelSim.Protocol;

/// <summary>Whether an update's key may, must not or must exist: <c>ebpf_map_option_t</c>.</summary>
public enum EbpfMapOption : uint
{
    /// <summary><c>EBPF_ANY</c>: insert the key or replace its value.</summary>
    Any = 0,

    /// <summary><c>EBPF_NOEXIST</c>: insert only; an existing key is an error.</summary>
    NoExist = 1,

    /// <summary><c>EBPF_EXIST</c>: replace only; a missing key is an error.</summary>
    Exist = 2,
}
