using System.Globalization;
using KernelSim.Protocol;

namespace KernelSim.Tool.Bpftool.Output;

/// <summary>What <c>strerror</c> says, in the words of the C library that bpftool is linked with. The numbers are the machine's.</summary>
internal static class ErrnoText
{
    private static readonly Dictionary<Errno, string> s_texts = new()
    {
        [Errno.None] = "Success",
        [Errno.EPERM] = "Operation not permitted",
        [Errno.ENOENT] = "No such file or directory",
        [Errno.ESRCH] = "No such process",
        [Errno.EIO] = "Input/output error",
        [Errno.EBADF] = "Bad file descriptor",
        [Errno.ENOMEM] = "Cannot allocate memory",
        [Errno.EACCES] = "Permission denied",
        [Errno.EFAULT] = "Bad address",
        [Errno.EBUSY] = "Device or resource busy",
        [Errno.EEXIST] = "File exists",
        [Errno.EINVAL] = "Invalid argument",
        [Errno.EMFILE] = "Too many open files",
        [Errno.ENOSPC] = "No space left on device",
        [Errno.ENAMETOOLONG] = "File name too long",
        [Errno.ENOBUFS] = "No buffer space available",
        [Errno.ENOTSUP] = "Operation not supported",
    };

    /// <summary>The text of an errno.</summary>
    public static string Of(Errno errno) =>
        s_texts.TryGetValue(errno, out string? text) ? text : string.Create(CultureInfo.InvariantCulture, $"Unknown error {(int)errno}");

    /// <summary>The text of what a library function returned: an errno, negated.</summary>
    public static string Of(int result) => Of((Errno)(-result));
}
