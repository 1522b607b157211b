using KernelSim.Protocol;

namespace KernelSim.UserMode;

// Links of C code: upstream's libbpf_link.cpp.
public sealed partial class Libbpf
{
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

    /// <summary>Closes a link without detaching it: <c>ebpf_link_close</c>. Closing its last descriptor still detaches it.</summary>
    /// <param name="link">The link, which must not be used any more.</param>
    public void ebpf_link_close(bpf_link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        close(link.Fd);
    }
}
