
namespace KernelSim.UserMode;

// Objects of any type, and the system: upstream's libbpf_object.cpp, libbpf_system.cpp and libbpf_errno.cpp.
public sealed partial class Libbpf
{
    /// <summary>Queries the info of an object.</summary>
    /// <param name="bpf_fd">Descriptor of the object.</param>
    /// <param name="info">
    /// Address of a <see cref="Protocol.Messages.BpfMapInfo"/>, <see cref="Protocol.Messages.BpfProgInfo"/> or
    /// <see cref="Protocol.Messages.BpfLinkInfo"/>, by the object's type; its contents are sent along. NULL to query nothing.
    /// </param>
    /// <param name="info_len">Address of the room at <paramref name="info"/>, 4 bytes; receives the number of bytes written.</param>
    /// <returns>0; -EBADF; -EINVAL for a missing length or a buffer that is too short; -EOTHER for a length that does not fit a message.</returns>
    public int bpf_obj_get_info_by_fd(int bpf_fd, ulong info, ulong info_len) => Call(new ObjectInfoCall(bpf_fd, info, info_len));

    /// <summary>Pins an object under a path.</summary>
    /// <param name="fd">Descriptor of the object.</param>
    /// <param name="pathname">Address of a zero-terminated path.</param>
    /// <returns>0; -EINVAL for a path without canonical form or a descriptor of 0 or below; -EBADF; -EEXIST; -ENOTSUP if the driver cannot pin.</returns>
    public int bpf_obj_pin(int fd, ulong pathname) => Call(new PinCall(fd, pathname));

    /// <summary>Same as <see cref="bpf_obj_pin(int, ulong)"/>, with the path as a .NET string.</summary>
    /// <param name="fd">Descriptor of the object.</param>
    /// <param name="pathname">The pin path.</param>
    /// <returns>The same results as the other overload.</returns>
    public int bpf_obj_pin(int fd, string? pathname) => WithString(pathname, path => bpf_obj_pin(fd, path));

    /// <summary>Opens the object that is pinned under a path.</summary>
    /// <param name="pathname">Address of a zero-terminated path.</param>
    /// <returns>A new descriptor; -EINVAL for a path without canonical form; -ENOENT; -ENOTSUP if the driver cannot pin.</returns>
    public int bpf_obj_get(ulong pathname) => Call(new OpenPinnedCall(pathname));

    /// <summary>Same as <see cref="bpf_obj_get(ulong)"/>, with the path as a .NET string.</summary>
    /// <param name="pathname">The pin path.</param>
    /// <returns>The same results as the other overload.</returns>
    public int bpf_obj_get(string? pathname) => WithString(pathname, bpf_obj_get);

    /// <summary>Closes a descriptor: <c>_close</c>, but returning -EBADF where C returns -1 and sets errno.</summary>
    /// <param name="fd">The descriptor to use.</param>
    /// <returns>0; -EBADF.</returns>
    public int close(int fd) => Call(new CloseCall(fd));

    /// <summary>
    /// Possible processors of the machine, over all groups. This, not the number of active ones, is the number of slots of a per-CPU value.
    /// </summary>
    public int libbpf_num_possible_cpus() => Gate.MaximumProcessorCount;

    /// <summary>Writes a text for an error, the same for all but the number: upstream has no names for errors.</summary>
    /// <param name="err">The error, negated or not.</param>
    /// <param name="buf">Address of room for the text.</param>
    /// <param name="size">Size of the room in bytes.</param>
    /// <returns>-ENOENT after writing the text; -EINVAL without room.</returns>
    public int libbpf_strerror(int err, ulong buf, ulong size) => Call(new StrerrorCall(err, buf, size));
}
