namespace KernelSim.Protocol;

/// <summary>The type of the object behind a handle, an id or a pin path: <c>ebpf_object_type_t</c>.</summary>
public enum EbpfObjectType : uint
{
    /// <summary><c>EBPF_OBJECT_UNKNOWN</c>: in a request, any.</summary>
    Unknown = 0,

    /// <summary><c>EBPF_OBJECT_MAP</c>.</summary>
    Map = 1,

    /// <summary><c>EBPF_OBJECT_LINK</c>.</summary>
    Link = 2,

    /// <summary><c>EBPF_OBJECT_PROGRAM</c>.</summary>
    Program = 3,
}
