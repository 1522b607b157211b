using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>The errno values that Linux's <c>bpf</c> returns, in Linux's numbers.</summary>
internal enum LinuxErrno
{
    EPERM = 1,
    ENOENT = 2,
    ESRCH = 3,
    EIO = 5,
    E2BIG = 7,
    EBADF = 9,
    ENOMEM = 12,
    EACCES = 13,
    EFAULT = 14,
    EBUSY = 16,
    EEXIST = 17,
    EINVAL = 22,
    EMFILE = 24,
    ENOSPC = 28,
    ENAMETOOLONG = 36,
    ENOSYS = 38,
    EOPNOTSUPP = 95,
    ENOBUFS = 105,

    /// <summary>Of the kernel only: user mode has no name for it, and libc prints <c>Unknown error 524</c>.</summary>
    ENOTSUPP = 524,
}

/// <summary>Linux's numbers for the errno values of eBPF for Windows.</summary>
internal static class LinuxErrnoConversion
{
    /// <summary>The value of the same name; for <c>EOTHER</c>, which Linux does not have, EIO.</summary>
    public static LinuxErrno Of(Errno errno) => errno switch
    {
        Errno.ENOTSUP => LinuxErrno.EOPNOTSUPP,
        Errno.ENOBUFS => LinuxErrno.ENOBUFS,
        Errno.ENAMETOOLONG => LinuxErrno.ENAMETOOLONG,
        Errno.EOTHER => LinuxErrno.EIO,
        _ => (LinuxErrno)errno,
    };

    /// <summary>Whether the number differs between the systems.</summary>
    public static bool Renumbers(Errno errno) => (int)Of(errno) != (int)errno;
}
