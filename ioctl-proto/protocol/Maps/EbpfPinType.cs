namespace KernelSim.Protocol;

/// <summary>How an object file wants a map pinned: <c>ebpf_pin_type_t</c>. The kernel does not interpret it.</summary>
public enum EbpfPinType : uint
{
    /// <summary><c>LIBBPF_PIN_NONE</c>: not pinned.</summary>
    None = 0,

    /// <summary><c>LIBBPF_PIN_BY_NAME</c>: pinned under the map's name.</summary>
    ByName = 1,
}
