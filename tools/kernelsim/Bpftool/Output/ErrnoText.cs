using System.Globalization;
using KernelSim.Protocol;

namespace KernelSim.Tool.Bpftool.Output;

/// <summary>
/// What <c>strerror</c> says, in the words of the C library that bpftool is linked with. The numbers are the machine's:
/// those of the Microsoft C runtime, of which the first 34 are also Linux's.
/// </summary>
internal static class ErrnoText
{
    private static readonly Dictionary<int, string> s_texts = new()
    {
        [0] = "Success",
        [1] = "Operation not permitted",
        [2] = "No such file or directory",
        [3] = "No such process",
        [4] = "Interrupted system call",
        [5] = "Input/output error",
        [6] = "No such device or address",
        [7] = "Argument list too long",
        [8] = "Exec format error",
        [9] = "Bad file descriptor",
        [10] = "No child processes",
        [11] = "Resource temporarily unavailable",
        [12] = "Cannot allocate memory",
        [13] = "Permission denied",
        [14] = "Bad address",
        [16] = "Device or resource busy",
        [17] = "File exists",
        [18] = "Invalid cross-device link",
        [19] = "No such device",
        [20] = "Not a directory",
        [21] = "Is a directory",
        [22] = "Invalid argument",
        [23] = "Too many open files in system",
        [24] = "Too many open files",
        [25] = "Inappropriate ioctl for device",
        [27] = "File too large",
        [28] = "No space left on device",
        [29] = "Illegal seek",
        [30] = "Read-only file system",
        [31] = "Too many links",
        [32] = "Broken pipe",
        [33] = "Numerical argument out of domain",
        [34] = "Numerical result out of range",
        [36] = "Resource deadlock avoided",
        [38] = "File name too long",
        [39] = "No locks available",
        [40] = "Function not implemented",
        [41] = "Directory not empty",
        [42] = "Invalid or incomplete multibyte or wide character",
        [100] = "Address already in use",
        [101] = "Cannot assign requested address",
        [102] = "Address family not supported by protocol",
        [103] = "Operation already in progress",
        [104] = "Bad message",
        [105] = "Operation canceled",
        [106] = "Software caused connection abort",
        [107] = "Connection refused",
        [108] = "Connection reset by peer",
        [109] = "Destination address required",
        [110] = "No route to host",
        [111] = "Identifier removed",
        [112] = "Operation now in progress",
        [113] = "Transport endpoint is already connected",
        [114] = "Too many levels of symbolic links",
        [115] = "Message too long",
        [116] = "Network is down",
        [117] = "Network dropped connection on reset",
        [118] = "Network is unreachable",
        [119] = "No buffer space available",
        [120] = "No data available",
        [121] = "Link has been severed",
        [122] = "No message of desired type",
        [123] = "Protocol not available",
        [124] = "Out of streams resources",
        [125] = "Device not a stream",
        [126] = "Transport endpoint is not connected",
        [127] = "State not recoverable",
        [128] = "Socket operation on non-socket",
        [129] = "Operation not supported",
        [130] = "Operation not supported",
        [132] = "Value too large for defined data type",
        [133] = "Owner died",
        [134] = "Protocol error",
        [135] = "Protocol not supported",
        [136] = "Protocol wrong type for socket",
        [137] = "Timer expired",
        [138] = "Connection timed out",
        [139] = "Text file busy",
        [140] = "Resource temporarily unavailable",
    };

    /// <summary>The text of an errno.</summary>
    public static string Of(Errno errno) =>
        s_texts.TryGetValue((int)errno, out string? text) ? text : string.Create(CultureInfo.InvariantCulture, $"Unknown error {(int)errno}");

    /// <summary>The text of what a library function returned: an errno, negated.</summary>
    public static string Of(int result) => Of((Errno)(-result));
}
