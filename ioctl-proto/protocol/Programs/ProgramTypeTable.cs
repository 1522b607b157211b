namespace KernelSim.Protocol;

/// <summary>
/// The program types of eBPF for Windows, one row each. A type can be used only if an extension provides it; the table only maps between
/// its names, as upstream's store of provider data does.
/// </summary>
public static class ProgramTypeTable
{
    /// <summary><c>EBPF_PROGRAM_TYPE_XDP</c>.</summary>
    public static readonly Guid Xdp = new("f1832a85-85d5-45b0-98a0-7069d63013b0");

    /// <summary><c>EBPF_PROGRAM_TYPE_BIND</c>.</summary>
    public static readonly Guid Bind = new("608c517c-6c52-4a26-b677-bb1c34425adf");

    /// <summary><c>EBPF_PROGRAM_TYPE_CGROUP_SOCK_ADDR</c>.</summary>
    public static readonly Guid CgroupSockAddr = new("92ec8e39-aeec-11ec-9a30-18602489beee");

    /// <summary><c>EBPF_PROGRAM_TYPE_SOCK_OPS</c>.</summary>
    public static readonly Guid SockOps = new("43fb224d-68f8-46d6-aa3f-c856518cbb32");

    /// <summary><c>EBPF_PROGRAM_TYPE_SAMPLE</c>.</summary>
    public static readonly Guid Sample = new("f788ef4a-207d-4dc3-85cf-0f2ea107213c");

    /// <summary><c>EBPF_PROGRAM_TYPE_XDP_TEST</c>: upstream's tests provide it; it has no number of its own.</summary>
    public static readonly Guid XdpTest = new("ce8ccef8-4241-4975-984d-bb3921dfa73c");

    private static readonly ProgramTypeRow[] s_rows =
    [
        new(BpfProgType.Xdp, Xdp, "xdp"),
        new(BpfProgType.Bind, Bind, "bind"),
        new(BpfProgType.CgroupSockAddr, CgroupSockAddr, "sock_addr"),
        new(BpfProgType.SockOps, SockOps, "sockops"),
        new(BpfProgType.Sample, Sample, "sample"),
    ];

    /// <summary>All rows, in the order of their numbers.</summary>
    public static ReadOnlySpan<ProgramTypeRow> All => s_rows;

    /// <summary>The row with a number, <c>ebpf_get_ebpf_program_type</c>; null if there is none.</summary>
    public static ProgramTypeRow? Find(BpfProgType type) => Array.Find(s_rows, row => row.Type == type);

    /// <summary>The row with a GUID, <c>ebpf_get_bpf_program_type</c>; null if the table has no such program type.</summary>
    public static ProgramTypeRow? Find(Guid id) => Array.Find(s_rows, row => row.Id == id);
}
