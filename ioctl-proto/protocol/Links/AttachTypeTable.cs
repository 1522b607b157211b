namespace KernelSim.Protocol;

/// <summary>
/// The attach types of eBPF for Windows with their section names, one row each, as in upstream's store of section information. Like a
/// program type, an attach type can be used only if an extension provides its hook.
/// </summary>
public static class AttachTypeTable
{
    private static readonly AttachTypeRow[] s_rows =
    [
        new(BpfAttachType.Xdp, new("85e0d8ef-579e-4931-b072-8ee226bb2e9d"), ProgramTypeTable.Xdp, BpfLinkType.Xdp, "xdp"),
        new(BpfAttachType.Bind, new("b9707e04-8127-4c72-833e-05b1fb439496"), ProgramTypeTable.Bind, BpfLinkType.Plain, "bind"),
        SockAddr(BpfAttachType.CgroupInet4Connect, "a82e37b1-aee7-11ec-9a30-18602489beee", "cgroup/connect4"),
        SockAddr(BpfAttachType.CgroupInet6Connect, "a82e37b2-aee7-11ec-9a30-18602489beee", "cgroup/connect6"),
        SockAddr(BpfAttachType.CgroupInet4RecvAccept, "a82e37b3-aee7-11ec-9a30-18602489beee", "cgroup/recv_accept4"),
        SockAddr(BpfAttachType.CgroupInet6RecvAccept, "a82e37b4-aee7-11ec-9a30-18602489beee", "cgroup/recv_accept6"),
        SockAddr(BpfAttachType.CgroupInet4ConnectAuthorization, "6076c13a-f04f-4ff8-8380-908553f22276", "cgroup/connect_authorization4"),
        SockAddr(BpfAttachType.CgroupInet6ConnectAuthorization, "54b0b6ed-432a-4674-8b27-8d9f5b40c675", "cgroup/connect_authorization6"),
        SockAddr(BpfAttachType.CgroupInet4Bind, "0d7ce21a-7773-405c-93b6-d5bfb92e74bc", "cgroup/bind4"),
        SockAddr(BpfAttachType.CgroupInet6Bind, "81de64c0-2973-468d-8382-6769f033d759", "cgroup/bind6"),
        SockAddr(BpfAttachType.CgroupInet4Listen, "e1b0cb3d-d70c-4ee2-b23a-0742bedb06d6", "cgroup/listen4"),
        SockAddr(BpfAttachType.CgroupInet6Listen, "4e72f92e-5ed0-4fe5-b851-b124fe14074d", "cgroup/listen6"),
        new(BpfAttachType.CgroupSockOps, new("837d02cd-3251-4632-8d94-60d3b45769f2"), ProgramTypeTable.SockOps, BpfLinkType.Cgroup, "sockops"),
        new(BpfAttachType.Sample, new("f788ef4b-207d-4dc3-85cf-0f2ea107213c"), ProgramTypeTable.Sample, BpfLinkType.Plain, "sample_ext"),
    ];

    /// <summary><c>EBPF_ATTACH_TYPE_XDP_TEST</c>: upstream's tests provide it; it has no number and no section of its own.</summary>
    public static readonly Guid XdpTest = new("0dccc15d-a5f9-4dc1-ac79-fa25eef215c3");

    /// <summary>All rows, in the order of their numbers.</summary>
    public static ReadOnlySpan<AttachTypeRow> All => s_rows;

    /// <summary>The row with a number, <c>ebpf_get_ebpf_attach_type</c>; null if there is none.</summary>
    public static AttachTypeRow? Find(BpfAttachType type) => Array.Find(s_rows, row => row.Type == type);

    /// <summary>The row with a GUID, <c>ebpf_get_bpf_attach_type</c>; null if the table has no such attach type.</summary>
    public static AttachTypeRow? Find(Guid id) => Array.Find(s_rows, row => row.Id == id);

    /// <summary>
    /// The row for a section name: the one with the longest prefix that the name starts with. <c>get_program_and_attach_type</c>.
    /// Null if no prefix matches.
    /// </summary>
    public static AttachTypeRow? FindBySection(string section)
    {
        ArgumentNullException.ThrowIfNull(section);
        AttachTypeRow? longest = null;
        foreach (AttachTypeRow row in s_rows)
        {
            if (section.StartsWith(row.Section, StringComparison.Ordinal) && (longest is null || longest.Section.Length < row.Section.Length))
            {
                longest = row;
            }
        }

        return longest;
    }

    private static AttachTypeRow SockAddr(BpfAttachType type, string id, string section) =>
        new(type, new Guid(id), ProgramTypeTable.CgroupSockAddr, BpfLinkType.Cgroup, section);
}
