namespace KernelSim.Protocol;

/// <summary>What an update asks of the key: <c>ebpf_map_option_t</c>.</summary>
public enum EbpfMapOption : uint
{
    /// <summary><c>EBPF_ANY</c>: insert the key or replace its value.</summary>
    Any = 0,

    /// <summary><c>EBPF_NOEXIST</c>: only insert; a key that is there is an error.</summary>
    NoExist = 1,

    /// <summary><c>EBPF_EXIST</c>: only replace; a key that is not there is an error.</summary>
    Exist = 2,
}
