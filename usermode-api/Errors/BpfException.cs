using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.UserMode;

/// <summary>
/// A call of the typed API failed. The message gives the map, the values given and the values expected in one line. The properties that begin with
/// <c>Is</c>, and <see cref="AlreadyExists"/>, answer what callers test for; at most one is true.
/// </summary>
/// <example>
/// <code>
/// catch (BpfException e) when (e.IsNotFound)
/// catch (BpfException e) when (e.Is(CheckTable.TypedValuesLength))
/// </code>
/// </example>
public sealed class BpfException : Exception
{
    /// <summary>Creates the exception for a refusal.</summary>
    /// <param name="refusal">The check that refused, with its numbers.</param>
    public BpfException(Refusal refusal)
        : base(LineOf(refusal))
    {
        Errno = refusal.Errno;
        Result = refusal.Result;
        Refusal = refusal;
    }

    /// <summary>Creates the exception for a failure that is not a refusal, such as a missing key.</summary>
    /// <param name="message">Describes what failed.</param>
    /// <param name="result">The result that the library's call ended with.</param>
    public BpfException(string message, EbpfResult result)
        : this(message, ResultConversions.ToErrno(result))
    {
        Result = result;
    }

    /// <summary>Creates the exception for the failure of a function that has an errno and no result.</summary>
    /// <param name="message">Describes what failed.</param>
    /// <param name="errno">The errno that the libbpf-shaped call set.</param>
    public BpfException(string message, Errno errno)
        : base(message)
    {
        Errno = errno;
    }

    /// <summary>The errno that the libbpf-shaped call would set.</summary>
    public Errno Errno { get; }

    /// <summary>The result that the call ended with; null if the function that failed has an errno only.</summary>
    public EbpfResult? Result { get; }

    /// <summary>The refusal; null if no check refused.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The check that refused; null if none did.</summary>
    public Check? Check => Refusal?.Check;

    /// <summary>The number given, if the check compares numbers.</summary>
    public long? Given => Refusal?.Given;

    /// <summary>The number expected, if the check compares numbers.</summary>
    public long? Expected => Refusal?.Expected;

    /// <summary>Number of elements of a batch that were done before the one that failed.</summary>
    public int Processed { get; init; }

    /// <summary>
    /// ENOENT: no such key, object or path, or no next one. Of EBPF_OBJECT_NOT_FOUND, EBPF_FILE_NOT_FOUND, EBPF_KEY_NOT_FOUND and
    /// EBPF_NO_MORE_KEYS.
    /// </summary>
    public bool IsNotFound => Errno.IsNotFound;

    /// <summary>EEXIST: the key has an element, or the path a pin. Of EBPF_OBJECT_ALREADY_EXISTS.</summary>
    public bool AlreadyExists => Errno.AlreadyExists;

    /// <summary>
    /// EINVAL: a size, flag, index or object is not valid for the call. Of EBPF_INVALID_ARGUMENT, EBPF_INVALID_OBJECT,
    /// EBPF_ALREADY_INITIALIZED and EBPF_EXTENSION_FAILED_TO_LOAD.
    /// </summary>
    public bool IsInvalidArgument => Errno.IsInvalidArgument;

    /// <summary>ENOSPC: the map is full, and its type neither grows nor evicts. Of EBPF_OUT_OF_SPACE.</summary>
    public bool IsFull => Errno.IsFull;

    /// <summary>
    /// EPERM or EACCES: the process lacks the right, of EBPF_ACCESS_DENIED; or the program failed verification, of EBPF_VERIFICATION_FAILED.
    /// </summary>
    public bool IsAccessDenied => Errno.IsAccessDenied;

    /// <summary>EBADF: the descriptor is not open. Of EBPF_INVALID_FD.</summary>
    public bool IsBadDescriptor => Errno.IsBadDescriptor;

    /// <summary>ENOTSUP: the map type, or this build, does not have the operation. Of EBPF_OPERATION_NOT_SUPPORTED.</summary>
    public bool IsNotSupported => Errno.IsNotSupported;

    /// <summary>ENOMEM: pool, the process's heap or its table of descriptors is exhausted. Of EBPF_NO_MEMORY.</summary>
    public bool IsOutOfMemory => Errno.IsOutOfMemory;

    /// <summary>ENOBUFS: the caller's buffer is too small for the reply. Of EBPF_INSUFFICIENT_BUFFER.</summary>
    public bool IsBufferTooSmall => Errno.IsBufferTooSmall;

    /// <summary>EFAULT: memory that the call named is not accessible. Of EBPF_INVALID_POINTER.</summary>
    public bool IsBadAddress => Errno.IsBadAddress;

    /// <summary>EBUSY: the object is in a state that does not allow the call now. No result; of the library alone.</summary>
    public bool IsBusy => Errno.IsBusy;

    /// <summary>True if this check refused: <c>e.Is(CheckTable.TypedValuesLength)</c>. False if none did.</summary>
    public bool Is(Check check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return Refusal is { } refusal && refusal.Is(check);
    }

    /// <summary>True if the check with this id or code refused: <c>e.Is("typed.values_length")</c>, <c>e.Is("KS1411")</c>.</summary>
    /// <remarks>In an exception filter (<c>when</c>) the runtime takes an exception as false: name a row of <see cref="CheckTable"/> there.</remarks>
    /// <exception cref="ArgumentException">The check table has no such check.</exception>
    public bool Is(string check) => Is(CheckNames.Find(check));

    /// <summary>
    /// True if the call ended with this result, which tells results apart that share an errno. False if the function that failed has an errno only.
    /// </summary>
    public bool Is(EbpfResult result) => Result == result;

    private static string LineOf(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Line;
    }
}
