namespace KernelSim.Protocol;

/// <summary>
/// errno values as the Microsoft C runtime numbers them; what libbpf-shaped calls set and, negated, return. Several differ from
/// Linux, and <see cref="EOTHER"/> does not exist there.
/// </summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Operation not permitted.</summary>
    EPERM = 1,

    /// <summary>No such key, object or next entry.</summary>
    ENOENT = 2,

    /// <summary>No such process: the simulated process has ended.</summary>
    ESRCH = 3,

    /// <summary>Input/output error.</summary>
    EIO = 5,

    /// <summary>The descriptor has no operating-system handle behind it.</summary>
    EBADF = 9,

    /// <summary>Not enough memory.</summary>
    ENOMEM = 12,

    /// <summary>Permission denied; a program failed verification.</summary>
    EACCES = 13,

    /// <summary>Bad address.</summary>
    EFAULT = 14,

    /// <summary>Device or object busy.</summary>
    EBUSY = 16,

    /// <summary>Already exists.</summary>
    EEXIST = 17,

    /// <summary>Invalid argument.</summary>
    EINVAL = 22,

    /// <summary>Too many open descriptors.</summary>
    EMFILE = 24,

    /// <summary>No space left; the map is full.</summary>
    ENOSPC = 28,

    /// <summary>Name too long.</summary>
    ENAMETOOLONG = 38,

    /// <summary>No buffer space: the caller's buffer is too small.</summary>
    ENOBUFS = 119,

    /// <summary>Not supported (Linux: 95).</summary>
    ENOTSUP = 129,

    /// <summary>Any result without an errno of its own (Linux has no such code).</summary>
    EOTHER = 131,
}
