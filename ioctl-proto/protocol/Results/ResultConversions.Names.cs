using System.Globalization;

namespace KernelSim.Protocol;

public static partial class ResultConversions
{
    private static readonly string[] s_resultNames =
    [
        "EBPF_SUCCESS",
        "EBPF_VERIFICATION_FAILED",
        "EBPF_JIT_COMPILATION_FAILED",
        "EBPF_PROGRAM_LOAD_FAILED",
        "EBPF_INVALID_FD",
        "EBPF_INVALID_OBJECT",
        "EBPF_INVALID_ARGUMENT",
        "EBPF_OBJECT_NOT_FOUND",
        "EBPF_OBJECT_ALREADY_EXISTS",
        "EBPF_FILE_NOT_FOUND",
        "EBPF_ALREADY_PINNED",
        "EBPF_NOT_PINNED",
        "EBPF_NO_MEMORY",
        "EBPF_PROGRAM_TOO_LARGE",
        "EBPF_RPC_EXCEPTION",
        "EBPF_ALREADY_INITIALIZED",
        "EBPF_ELF_PARSING_FAILED",
        "EBPF_FAILED",
        "EBPF_OPERATION_NOT_SUPPORTED",
        "EBPF_KEY_NOT_FOUND",
        "EBPF_ACCESS_DENIED",
        "EBPF_BLOCKED_BY_POLICY",
        "EBPF_ARITHMETIC_OVERFLOW",
        "EBPF_EXTENSION_FAILED_TO_LOAD",
        "EBPF_INSUFFICIENT_BUFFER",
        "EBPF_NO_MORE_KEYS",
        "EBPF_KEY_ALREADY_EXISTS",
        "EBPF_NO_MORE_TAIL_CALLS",
        "EBPF_PENDING",
        "EBPF_OUT_OF_SPACE",
        "EBPF_CANCELED",
        "EBPF_INVALID_POINTER",
        "EBPF_TIMEOUT",
        "EBPF_STALE_ID",
        "EBPF_INVALID_STATE",
    ];

    private static readonly string[] s_errnoNames = [.. Enum.GetNames<Errno>().Where(name => name != nameof(Errno.None))];

    /// <summary>Number of results, <c>EBPF_RESULT_COUNT</c>: results are 0 to <c>ResultCount - 1</c>.</summary>
    public static int ResultCount => s_resultNames.Length;

    /// <summary>The C name, <c>EBPF_KEY_NOT_FOUND</c>; the number if it is not a valid result.</summary>
    public static string NameOf(EbpfResult result) => (uint)result < (uint)s_resultNames.Length
        ? s_resultNames[(int)result]
        : ((int)result).ToString(CultureInfo.InvariantCulture);

    /// <summary>The name, <c>EINVAL</c>; <c>0</c> for no error, and the number if it has no name here.</summary>
    public static string NameOf(Errno errno) =>
        errno != Errno.None && Enum.GetName(errno) is { } name ? name : ((int)errno).ToString(CultureInfo.InvariantCulture);

    /// <summary>Finds a result by its C name, ignoring case, with or without <c>EBPF_</c>.</summary>
    public static bool TryParse(string name, out EbpfResult result)
    {
        int index = Array.FindIndex(s_resultNames, candidate => Matches(candidate, name));
        result = (EbpfResult)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Finds an errno by its name, ignoring case, or by its number, negated or not.</summary>
    public static bool TryParse(string name, out Errno errno)
    {
        if (int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            errno = (Errno)Math.Abs((long)number);
            return Enum.IsDefined(errno);
        }

        string? member = Array.Find(s_errnoNames, candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
        errno = member is null ? Errno.None : Enum.Parse<Errno>(member);
        return member is not null;
    }

    private static bool Matches(string candidate, string name) =>
        candidate.Equals(name, StringComparison.OrdinalIgnoreCase)
        || candidate.AsSpan("EBPF_".Length).Equals(name, StringComparison.OrdinalIgnoreCase);
}
