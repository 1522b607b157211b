using System.Text;
using KernelSim.Protocol;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

// The additions of ebpf_api.h to libbpf. These return an ebpf_result_t; a null reference, which C must not pass, is an exception.
public sealed partial class Libbpf
{
    /// <summary>Unpins what is pinned under a path: <c>ebpf_object_unpin</c>.</summary>
    /// <param name="path">The pin path.</param>
    /// <returns>
    /// Success; KEY_NOT_FOUND; for a path without canonical form INVALID_FD, because upstream decodes its INVALID_ARGUMENT as a Win32 error.
    /// </returns>
    public EbpfResult ebpf_object_unpin(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        EbpfResult result = EbpfResult.Failed;
        WithString(path, address =>
        {
            result = Result(new UnpinCall(address), out _, nameof(ebpf_object_unpin));
            return 0;
        });
        return result;
    }

    /// <summary>Pins an object: <c>ebpf_object_pin</c>.</summary>
    /// <param name="fd">Descriptor of the object.</param>
    /// <param name="path">The pin path.</param>
    /// <returns>Success; INVALID_ARGUMENT; INVALID_FD; OBJECT_ALREADY_EXISTS.</returns>
    public EbpfResult ebpf_object_pin(int fd, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        EbpfResult result = EbpfResult.Failed;
        WithString(path, address =>
        {
            result = Result(new PinCall(fd, address), out _, nameof(ebpf_object_pin));
            return 0;
        });
        return result;
    }

    /// <summary>Opens the object that is pinned under a path: <c>ebpf_object_get</c>.</summary>
    /// <param name="path">The pin path.</param>
    /// <param name="fd">A new descriptor; -1 on failure.</param>
    /// <returns>Success; INVALID_ARGUMENT; KEY_NOT_FOUND.</returns>
    public EbpfResult ebpf_object_get(string path, out int fd)
    {
        ArgumentNullException.ThrowIfNull(path);
        EbpfResult result = EbpfResult.Failed;
        int opened = -1;
        WithString(path, address =>
        {
            result = Result(new OpenPinnedCall(address), out opened, nameof(ebpf_object_get));
            return 0;
        });
        fd = result == EbpfResult.Success ? opened : -1;
        return result;
    }

    /// <summary>Lists the maps that are pinned: <c>ebpf_api_get_pinned_map_info</c>.</summary>
    /// <param name="map_info">A map for each path, in the order of the paths; empty on failure.</param>
    /// <returns>Success; INSUFFICIENT_BUFFER if they do not fit one message.</returns>
    public EbpfResult ebpf_api_get_pinned_map_info(out IReadOnlyList<ebpf_map_info> map_info)
    {
        List<ebpf_map_info> found = [];
        EbpfResult result = Result(new PinnedMapsCall(found), out _);
        map_info = result == EbpfResult.Success ? found : [];
        return result;
    }

    /// <summary>The first pin path after another, bytewise: <c>ebpf_get_next_pinned_object_path</c>.</summary>
    /// <param name="start_path">The previous path; it need not be in use. Empty for the first.</param>
    /// <param name="next_path">The path found, in canonical form.</param>
    /// <param name="type">In: the type wanted, <see cref="EbpfObjectType.Unknown"/> for any. Out: the type of the object pinned there.</param>
    /// <returns>Success; NO_MORE_KEYS; INVALID_ARGUMENT for a start without canonical form.</returns>
    public EbpfResult ebpf_get_next_pinned_object_path(string start_path, out string next_path, ref EbpfObjectType type)
    {
        ArgumentNullException.ThrowIfNull(start_path);
        PinnedPath answer = new() { Type = type };
        EbpfResult result = Result(new NextPinnedPathCall(start_path, answer), out _);
        next_path = answer.Path;
        type = answer.Type;
        return result;
    }

    /// <summary>Brings a pin path into canonical form: <c>ebpf_canonicalize_pin_path</c>.</summary>
    /// <param name="output">The canonical path.</param>
    /// <param name="output_size">Maximum size in bytes, including the terminator.</param>
    /// <param name="input">The path to convert.</param>
    /// <returns>Success; INVALID_ARGUMENT for a path without canonical form; INSUFFICIENT_BUFFER.</returns>
    public static EbpfResult ebpf_canonicalize_pin_path(out string output, ulong output_size, string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!PinPath.TryCanonicalize(input, out output))
        {
            return EbpfResult.InvalidArgument;
        }

        if ((ulong)Encoding.UTF8.GetByteCount(output) < output_size)
        {
            return EbpfResult.Success;
        }

        output = "";
        return EbpfResult.InsufficientBuffer;
    }

    /// <summary>
    /// Queries the info of an object, and its type: <c>ebpf_object_get_info_by_fd</c>.
    /// </summary>
    /// <param name="bpf_fd">Descriptor of the object.</param>
    /// <param name="info">See <see cref="bpf_obj_get_info_by_fd"/>; NULL to query the type only.</param>
    /// <param name="info_len">See <see cref="bpf_obj_get_info_by_fd"/>; may be NULL if <paramref name="info"/> is.</param>
    /// <param name="type">The type of the object.</param>
    /// <returns>Success; INVALID_FD; INVALID_OBJECT; INVALID_ARGUMENT.</returns>
    public EbpfResult ebpf_object_get_info_by_fd(int bpf_fd, ulong info, ulong info_len, out EbpfObjectType type)
    {
        ObjectKind answer = new();
        EbpfResult result = Result(new ObjectInfoCall(bpf_fd, info, info_len, answer), out _);
        type = answer.Type;
        return result;
    }

    /// <summary>Queries a program's code type and origin: <c>ebpf_program_query_info</c>.</summary>
    /// <param name="fd">Descriptor of the program.</param>
    /// <param name="execution_type">The type of its code.</param>
    /// <param name="file_name">Name of the file that it was compiled from.</param>
    /// <param name="section_name">Name of its section in the file.</param>
    /// <returns>Success; INVALID_FD; INVALID_OBJECT if it is not a program.</returns>
    public EbpfResult ebpf_program_query_info(int fd, out EbpfCodeType execution_type, out string file_name, out string section_name)
    {
        ProgramOrigin answer = new();
        EbpfResult result = Result(new QueryProgramCall(fd, answer), out _);
        execution_type = answer.CodeType;
        file_name = answer.FileName;
        section_name = answer.SectionName;
        return result;
    }

    /// <summary>
    /// Waits until every program run and every request that is in progress now has ended: <c>ebpf_program_synchronize</c>. What was replaced
    /// or deleted before can then no longer be seen by any of them.
    /// </summary>
    /// <returns>Success.</returns>
    public EbpfResult ebpf_program_synchronize() => Result(default(SynchronizeCall), out _);

    /// <summary>Closes a descriptor: <c>ebpf_close_fd</c>.</summary>
    /// <param name="fd">The descriptor to use.</param>
    /// <returns>
    /// Success; FAILED for an invalid one, with <see cref="errno"/> EBADF: upstream decodes the C runtime's errno as a Win32 error.
    /// </returns>
    public EbpfResult ebpf_close_fd(int fd) => ThroughErrno(Result(new CloseCall(fd), out _));

    /// <summary>Creates a second descriptor of the same object: <c>ebpf_duplicate_fd</c>.</summary>
    /// <param name="fd">The descriptor to use.</param>
    /// <param name="dup">The new descriptor; -1 on failure.</param>
    /// <returns>See <see cref="ebpf_close_fd"/>.</returns>
    public EbpfResult ebpf_duplicate_fd(int fd, out int dup)
    {
        EbpfResult result = ThroughErrno(Result(new DuplicateCall(fd), out dup));
        dup = result == EbpfResult.Success ? dup : -1;
        return result;
    }

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

    /// <summary>Decodes the C runtime's errno as the Win32 error with the same number, as upstream does.</summary>
    private static EbpfResult ThroughErrno(EbpfResult result) =>
        ResultConversions.ToEbpfResult(new Win32Error((uint)ResultConversions.ToErrno(result)));
}
