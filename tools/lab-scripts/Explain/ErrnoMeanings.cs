using KernelSim.Protocol;

namespace KernelSim.LabScripts.Explain;

/// <summary>The meaning of each errno, in a sentence.</summary>
internal static class ErrnoMeanings
{
    /// <summary>All errnos, by number.</summary>
    public static IReadOnlyList<Errno> All { get; } = [.. Enum.GetValues<Errno>().Where(e => e != Errno.None).Order()];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => All.Select(ResultConversions.NameOf);

    /// <summary>The sentence for one.</summary>
    public static string Of(Errno errno) => errno switch
    {
        Errno.EPERM => "Not permitted: the caller lacks the rights for the device or for the operation.",
        Errno.ENOENT => "Not there: no such key, no such object, or no next one. The end of every iteration looks like this.",
        Errno.ESRCH => "No such process: the simulated process that called has ended.",
        Errno.EIO => "Input/output error: waiting for the device failed, or a file of the host could not be read or written.",
        Errno.EBADF => "The descriptor has no operating-system handle behind it.",
        Errno.ENOMEM => "Not enough memory, in the kernel's pool or in the process's heap.",
        Errno.EACCES => "Permission denied: a program failed verification, or a file of the host may not be read.",
        Errno.EFAULT => "Bad address: memory that the call named cannot be reached.",
        Errno.EBUSY => "Busy: the object is in a state that does not allow this now.",
        Errno.EEXIST => "Already there: the update asked for a new element, and the key has one.",
        Errno.EINVAL => "Invalid argument: a check refused a size, a range, a flag or an object. The check's id says which.",
        Errno.EMFILE => "Too many open descriptors.",
        Errno.ENOSPC => "No space left: the map is full and its type neither grows nor evicts.",
        Errno.ENAMETOOLONG => "Name too long (38 in the Microsoft C runtime, 36 on Linux).",
        Errno.ENOBUFS => "The caller's buffer is too small for the reply (119 in the Microsoft C runtime, 105 on Linux).",
        Errno.ENOTSUP => "Not supported by this map type or this build (129 in the Microsoft C runtime, 95 on Linux).",
        Errno.EOTHER => "Everything that has no errno of its own (131 in the Microsoft C runtime; Linux has none).",
        _ => "No error.",
    };
}
