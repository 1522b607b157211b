using KernelSim.Protocol;

namespace KernelSim.UserMode;

// Links: upstream's libbpf_link.cpp, and the attach functions of ebpf_api.h.
public sealed partial class Libbpf
{
    private static readonly string[] s_linkTypeNames = ["unspec", "plain", "cgroup", "xdp"];

    /// <summary>Opens the link that is pinned under a path.</summary>
    /// <param name="path">The pin path.</param>
    /// <returns>The link; null with <see cref="errno"/> set: EINVAL for a path without canonical form, ENOENT.</returns>
    public bpf_link? bpf_link__open(string? path)
    {
        int fd = bpf_obj_get(path);
        return fd < 0 ? null : new bpf_link(fd, path);
    }

    /// <summary>Pins a link under a path. A pinned link stays attached without its descriptors.</summary>
    /// <param name="link">An open link.</param>
    /// <param name="path">The pin path.</param>
    /// <returns>0; -EBUSY if it is already pinned; otherwise see <see cref="bpf_obj_pin(int, string)"/>.</returns>
    public int bpf_link__pin(bpf_link link, string? path)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (link.PinPath is not null)
        {
            return Fail(Errno.EBUSY);
        }

        int result = bpf_obj_pin(link.Fd, path);
        if (result == 0)
        {
            link.PinPath = path;
        }

        return result;
    }

    /// <summary>Unpins a link.</summary>
    /// <param name="link">An open link.</param>
    /// <returns>0; -ENOENT if it has no path, or nothing is pinned there any more.</returns>
    public int bpf_link__unpin(bpf_link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (link.PinPath is null)
        {
            return Fail(Errno.ENOENT);
        }

        int result = ebpf_object_unpin(link.PinPath) is EbpfResult.Success ? 0 : -(int)errno;
        if (result == 0)
        {
            link.PinPath = null;
        }

        return result;
    }

    /// <summary>Makes <see cref="bpf_link__destroy"/> leave the program attached, if a pin path keeps the link alive.</summary>
    /// <param name="link">An open link.</param>
    public static void bpf_link__disconnect(bpf_link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        link.IsDisconnected = true;
    }

    /// <summary>Detaches a link unless it has been disconnected, and closes it.</summary>
    /// <param name="link">The link, which must not be used any more; null is allowed.</param>
    /// <returns>0, or the error of detaching; it is closed in any case.</returns>
    public int bpf_link__destroy(bpf_link? link)
    {
        if (link is null)
        {
            return 0;
        }

        int result = link.IsDisconnected ? 0 : bpf_link_detach(link.Fd);
        Refusal? refusal = LastRefusal;
        close(link.Fd);
        return result < 0 ? Fail((Errno)(-result), refusal) : 0;
    }

    /// <summary>The descriptor that a link owns.</summary>
    /// <param name="link">An open link.</param>
    public static int bpf_link__fd(bpf_link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.Fd;
    }

    /// <summary>Detaches a link. It stays an object without a hook until its last reference is dropped.</summary>
    /// <param name="link_fd">Descriptor of the link.</param>
    /// <returns>0, even if it is already detached; -EBADF; -EINVAL if it is not a link.</returns>
    public int bpf_link_detach(int link_fd) => Call(new DetachLinkCall(link_fd));

    /// <summary>Opens a link by its id.</summary>
    /// <param name="id">Id of the object.</param>
    /// <returns>A new descriptor; -ENOENT.</returns>
    public int bpf_link_get_fd_by_id(uint id) => Call(new OpenByIdCall(EbpfOperationId.GetLinkHandleById, id));

    /// <summary>Finds the smallest id of a link above another.</summary>
    /// <param name="start_id">The id to start after, which need not exist; 0 for the first.</param>
    /// <param name="next_id">Address of room for the id, 4 bytes.</param>
    /// <returns>0; -ENOENT after the last.</returns>
    public int bpf_link_get_next_id(uint start_id, ulong next_id) => Call(new NextIdCall(EbpfOperationId.GetNextLinkId, start_id, next_id));

    /// <summary>The name of a link type; null if the number is not a valid type.</summary>
    /// <param name="t">The link type.</param>
    public static string? libbpf_bpf_link_type_str(BpfLinkType t) => (uint)t < (uint)s_linkTypeNames.Length ? s_linkTypeNames[(int)t] : null;

    /// <summary>Attaches a program: <c>ebpf_program_attach_by_fds</c>.</summary>
    /// <param name="program_fd">Descriptor of the program.</param>
    /// <param name="attach_type">GUID of the attach type; empty is refused, since a descriptor does not know its section.</param>
    /// <param name="attach_parameters">Address of attach data, such as an interface's number; NULL for none.</param>
    /// <param name="attach_parameters_size">Size of the attach data in bytes.</param>
    /// <param name="link">A new descriptor of the link.</param>
    /// <returns>
    /// Success; INVALID_FD; INVALID_ARGUMENT for a program without code; EXTENSION_FAILED_TO_LOAD (EINVAL) if there is no hook of that
    /// type, or it refuses the program or the data.
    /// </returns>
    public EbpfResult ebpf_program_attach_by_fds(
        int program_fd, Guid attach_type, ulong attach_parameters, uint attach_parameters_size, out int link)
    {
        EbpfResult result = Result(
            new AttachProgramCall(program_fd, attach_type, new AttachData(attach_parameters, attach_parameters_size), legacy: false), out link);
        link = result == EbpfResult.Success ? link : -1;
        return result;
    }

    /// <summary><see cref="ebpf_program_attach_by_fds"/> with a link object: <c>ebpf_program_attach_by_fd</c>.</summary>
    /// <param name="program_fd">Descriptor of the program.</param>
    /// <param name="attach_type">GUID of the attach type.</param>
    /// <param name="attach_parameters">Address of attach data.</param>
    /// <param name="attach_parameters_size">Size of it in bytes.</param>
    /// <param name="link">An open link.</param>
    /// <returns>See <see cref="ebpf_program_attach_by_fds"/>.</returns>
    public EbpfResult ebpf_program_attach_by_fd(
        int program_fd, Guid attach_type, ulong attach_parameters, uint attach_parameters_size, out bpf_link? link)
    {
        EbpfResult result = ebpf_program_attach_by_fds(program_fd, attach_type, attach_parameters, attach_parameters_size, out int fd);
        link = result == EbpfResult.Success ? new bpf_link(fd, pinPath: null) : null;
        return result;
    }

    /// <summary>Detaches every link that matches: <c>ebpf_program_detach</c>.</summary>
    /// <param name="program_fd">Descriptor of the program; an invalid one stands for any.</param>
    /// <param name="attach_type">The attach type.</param>
    /// <param name="attach_parameter">Address of attach data, which must be equal.</param>
    /// <param name="attach_parameter_size">Size of the attach data in bytes. 0 detaches nothing: links without attach data are not found this way.</param>
    /// <returns>Success, even if nothing was attached.</returns>
    public EbpfResult ebpf_program_detach(int program_fd, Guid attach_type, ulong attach_parameter, uint attach_parameter_size) =>
        Result(new DetachProgramCall(program_fd, attach_type, new AttachData(attach_parameter, attach_parameter_size)), out _);

    /// <summary>Detaches a link: <c>ebpf_link_detach</c>.</summary>
    /// <param name="link">An open link.</param>
    /// <returns>Success.</returns>
    public EbpfResult ebpf_link_detach(bpf_link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return Result(new DetachLinkCall(link.Fd), out _);
    }

    /// <summary>Closes a link without detaching it: <c>ebpf_link_close</c>. Closing its last descriptor still detaches it.</summary>
    /// <param name="link">The link, which must not be used any more.</param>
    public void ebpf_link_close(bpf_link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        close(link.Fd);
    }

    /// <summary>Sets the flags that hooks get when the program is attached: <c>ebpf_program_set_flags</c>.</summary>
    /// <param name="program_fd">Descriptor of the program.</param>
    /// <param name="flags">The flags.</param>
    /// <returns>Success; INVALID_FD; INVALID_OBJECT for something else than a program.</returns>
    public EbpfResult ebpf_program_set_flags(int program_fd, ulong flags) => Result(new SetProgramFlagsCall(program_fd, flags), out _);
}
