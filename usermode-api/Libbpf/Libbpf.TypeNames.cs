using KernelSim.Protocol;

namespace KernelSim.UserMode;

// Names and GUIDs of types: libbpf_*_str and libbpf_*_by_name, and the lookups of ebpf_api.h.
public sealed partial class Libbpf
{
    /// <summary>The GUID of a program type: <c>ebpf_get_ebpf_program_type</c>.</summary>
    /// <param name="bpf_program_type">Number of the program type.</param>
    /// <returns>The GUID, empty for the unspecified type; null if the number is not a valid type.</returns>
    public static Guid? ebpf_get_ebpf_program_type(BpfProgType bpf_program_type) =>
        bpf_program_type == BpfProgType.Unspec ? Guid.Empty : ProgramTypeTable.Find(bpf_program_type)?.Id;

    /// <summary>The number of a program type: <c>ebpf_get_bpf_program_type</c>. Unspecified if the GUID is not a known type.</summary>
    /// <param name="program_type">GUID of the program type.</param>
    public static BpfProgType ebpf_get_bpf_program_type(Guid program_type) => ProgramTypeTable.Find(program_type)?.Type ?? BpfProgType.Unspec;

    /// <summary>The GUID of an attach type: <c>ebpf_get_ebpf_attach_type</c>.</summary>
    /// <param name="bpf_attach_type">Number of the attach type.</param>
    /// <param name="ebpf_attach_type">Its GUID; empty on failure.</param>
    /// <returns>Success; INVALID_ARGUMENT if the number is not a valid type.</returns>
    public static EbpfResult ebpf_get_ebpf_attach_type(BpfAttachType bpf_attach_type, out Guid ebpf_attach_type)
    {
        AttachTypeRow? row = AttachTypeTable.Find(bpf_attach_type);
        ebpf_attach_type = row?.Id ?? Guid.Empty;
        return row is null ? EbpfResult.InvalidArgument : EbpfResult.Success;
    }

    /// <summary>The number of an attach type: <c>ebpf_get_bpf_attach_type</c>. Unspecified if the GUID is not a known type.</summary>
    /// <param name="ebpf_attach_type">GUID of the attach type.</param>
    public static BpfAttachType ebpf_get_bpf_attach_type(Guid ebpf_attach_type) =>
        AttachTypeTable.Find(ebpf_attach_type)?.Type ?? BpfAttachType.Unspec;

    /// <summary>A program type's name: <c>ebpf_get_program_type_name</c>. Null if the GUID is not a known type.</summary>
    /// <param name="program_type">GUID of the type.</param>
    public static string? ebpf_get_program_type_name(Guid program_type) => ProgramTypeTable.Find(program_type)?.Name;

    /// <summary>An attach type's name, its section prefix: <c>ebpf_get_attach_type_name</c>. Null if the GUID is not a known type.</summary>
    /// <param name="attach_type">GUID of the attach type.</param>
    public static string? ebpf_get_attach_type_name(Guid attach_type) => AttachTypeTable.Find(attach_type)?.Section;

    /// <summary>The types that a section name stands for: <c>ebpf_get_program_type_by_name</c>.</summary>
    /// <param name="name">Name of the section; the longest known prefix decides.</param>
    /// <param name="program_type">GUID of the program type.</param>
    /// <param name="expected_attach_type">GUID of the attach type.</param>
    /// <returns>Success; KEY_NOT_FOUND.</returns>
    public static EbpfResult ebpf_get_program_type_by_name(string name, out Guid program_type, out Guid expected_attach_type)
    {
        AttachTypeRow? row = AttachTypeTable.FindBySection(name);
        program_type = row?.ProgramType ?? Guid.Empty;
        expected_attach_type = row?.Id ?? Guid.Empty;
        return row is null ? EbpfResult.KeyNotFound : EbpfResult.Success;
    }

    /// <summary>The name of a program type; "unspec" for 0, null if the number is not a valid type.</summary>
    /// <param name="t">The type to look up.</param>
    public static string? libbpf_bpf_prog_type_str(BpfProgType t) => t == BpfProgType.Unspec ? "unspec" : ProgramTypeTable.Find(t)?.Name;

    /// <summary>The name of an attach type, which is its section prefix; "unspec" for 0, null if the number is not a valid type.</summary>
    /// <param name="t">The type to look up.</param>
    public static string? libbpf_bpf_attach_type_str(BpfAttachType t) => t == BpfAttachType.Unspec ? "unspec" : AttachTypeTable.Find(t)?.Section;

    /// <summary>The types that a section name stands for.</summary>
    /// <param name="name">The section's name; the longest known prefix decides.</param>
    /// <param name="prog_type">The program type.</param>
    /// <param name="expected_attach_type">The attach type.</param>
    /// <returns>0; -EINVAL for null; -ESRCH for a name with no known prefix.</returns>
    public int libbpf_prog_type_by_name(string? name, out BpfProgType prog_type, out BpfAttachType expected_attach_type)
    {
        prog_type = BpfProgType.Unspec;
        expected_attach_type = BpfAttachType.Unspec;
        if (name is null)
        {
            return Fail(Errno.EINVAL);
        }

        if (AttachTypeTable.FindBySection(name) is not { } row)
        {
            return Fail(Errno.ESRCH);
        }

        prog_type = ProgramTypeTable.Find(row.ProgramType)!.Type;
        expected_attach_type = row.Type;
        return 0;
    }

    /// <summary>The attach type that a section name stands for.</summary>
    /// <param name="name">See <see cref="libbpf_prog_type_by_name"/>.</param>
    /// <param name="attach_type">The attach type.</param>
    /// <returns>See <see cref="libbpf_prog_type_by_name"/>.</returns>
    public int libbpf_attach_type_by_name(string? name, out BpfAttachType attach_type) =>
        libbpf_prog_type_by_name(name, out _, out attach_type);

    private static readonly string[] s_linkTypeNames = ["unspec", "plain", "cgroup", "xdp"];

    /// <summary>The name of a link type; null if the number is not a valid type.</summary>
    /// <param name="t">The link type.</param>
    public static string? libbpf_bpf_link_type_str(BpfLinkType t) => (uint)t < (uint)s_linkTypeNames.Length ? s_linkTypeNames[(int)t] : null;

    /// <summary>The name of a map type, as bpftool prints it; null if the number is not a valid type.</summary>
    /// <param name="t">The type to look up.</param>
    public static string? libbpf_bpf_map_type_str(BpfMapType t) => BpfMapTypeNames.NameOf(t);
}
