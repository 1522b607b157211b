namespace KernelSim.Protocol;

/// <summary>
/// The conversions of a result on its way to the caller: the driver's <see cref="EbpfResult"/> becomes an NTSTATUS, the system turns that into
/// a Win32 error, the library decodes it back into an <see cref="EbpfResult"/>, and the libbpf-shaped calls turn that into an errno.
/// </summary>
/// <remarks>
/// Each step is one function, with upstream's losses: statuses that are not errors become success, errors that the
/// library's table lacks become <see cref="EbpfResult.Failed"/>, and several results share an errno. Nothing here allocates.
/// </remarks>
public static partial class ResultConversions
{
    private static readonly NtStatus[] s_statuses =
    [
        NtStatus.Success, // EBPF_SUCCESS
        NtStatus.VerifierStop, // EBPF_VERIFICATION_FAILED
        NtStatus.NoneMapped, // EBPF_JIT_COMPILATION_FAILED
        NtStatus.GenericCommandFailed, // EBPF_PROGRAM_LOAD_FAILED
        NtStatus.InvalidHandle, // EBPF_INVALID_FD
        NtStatus.InvalidDeviceRequest, // EBPF_INVALID_OBJECT
        NtStatus.InvalidParameter, // EBPF_INVALID_ARGUMENT
        NtStatus.ObjectPathNotFound, // EBPF_OBJECT_NOT_FOUND
        NtStatus.ObjectidExists, // EBPF_OBJECT_ALREADY_EXISTS
        NtStatus.NoSuchFile, // EBPF_FILE_NOT_FOUND
        NtStatus.ObjectNameExists, // EBPF_ALREADY_PINNED
        NtStatus.ResourceNotOwned, // EBPF_NOT_PINNED
        NtStatus.NoMemory, // EBPF_NO_MEMORY
        NtStatus.TooManyCommands, // EBPF_PROGRAM_TOO_LARGE
        NtStatus.RpcNtCallFailed, // EBPF_RPC_EXCEPTION
        NtStatus.AlreadyInitialized, // EBPF_ALREADY_INITIALIZED
        NtStatus.InvalidImageFormat, // EBPF_ELF_PARSING_FAILED
        NtStatus.Unsuccessful, // EBPF_FAILED
        NtStatus.NotSupported, // EBPF_OPERATION_NOT_SUPPORTED
        NtStatus.NotFound, // EBPF_KEY_NOT_FOUND
        NtStatus.AccessDenied, // EBPF_ACCESS_DENIED
        NtStatus.ContentBlocked, // EBPF_BLOCKED_BY_POLICY
        NtStatus.IntegerOverflow, // EBPF_ARITHMETIC_OVERFLOW
        NtStatus.DriverUnableToLoad, // EBPF_EXTENSION_FAILED_TO_LOAD
        NtStatus.BufferOverflow, // EBPF_INSUFFICIENT_BUFFER
        NtStatus.NoMoreMatches, // EBPF_NO_MORE_KEYS
        NtStatus.AlreadyRegistered, // EBPF_KEY_ALREADY_EXISTS
        NtStatus.TooManyNodes, // EBPF_NO_MORE_TAIL_CALLS
        NtStatus.Pending, // EBPF_PENDING
        NtStatus.InsufficientResources, // EBPF_OUT_OF_SPACE
        NtStatus.Cancelled, // EBPF_CANCELED
        NtStatus.AccessViolation, // EBPF_INVALID_POINTER
        NtStatus.Timeout, // EBPF_TIMEOUT
        NtStatus.InvalidDeviceState, // EBPF_STALE_ID
        NtStatus.InvalidStateTransition, // EBPF_INVALID_STATE
    ];

    /// <summary>
    /// Driver to I/O manager: <c>ebpf_result_to_ntstatus</c>. A number that is not a valid result becomes STATUS_UNSUCCESSFUL.
    /// </summary>
    public static NtStatus ToNtStatus(EbpfResult result) =>
        (uint)result < (uint)s_statuses.Length ? s_statuses[(int)result] : NtStatus.Unsuccessful;

    /// <inheritdoc cref="NtStatus.ToWin32Error"/>
    public static Win32Error ToWin32Error(NtStatus status) => status.ToWin32Error();

    /// <inheritdoc cref="NtStatus.ToDeviceIoControlError"/>
    public static Win32Error ToDeviceIoControlError(NtStatus status) => status.ToDeviceIoControlError();

    /// <summary>
    /// Library: <c>win32_error_code_to_ebpf_result</c>. An error that upstream's table lacks, such as ERROR_INSUFFICIENT_BUFFER,
    /// becomes <see cref="EbpfResult.Failed"/>.
    /// </summary>
    public static EbpfResult ToEbpfResult(Win32Error error) => error.Value switch
    {
        0 => EbpfResult.Success,
        1 => EbpfResult.InvalidObject,
        2 => EbpfResult.FileNotFound,
        3 => EbpfResult.ObjectNotFound,
        5 => EbpfResult.AccessDenied,
        6 => EbpfResult.InvalidFd,
        8 => EbpfResult.NoMemory,
        14 => EbpfResult.NoMemory,
        22 => EbpfResult.StaleId,
        50 => EbpfResult.OperationNotSupported,
        56 => EbpfResult.ProgramTooLarge,
        68 => EbpfResult.NoMoreTailCalls,
        87 => EbpfResult.InvalidArgument,
        193 => EbpfResult.ElfParsingFailed,
        234 => EbpfResult.InsufficientBuffer,
        259 => EbpfResult.NoMoreKeys,
        288 => EbpfResult.NotPinned,
        534 => EbpfResult.ArithmeticOverflow,
        537 => EbpfResult.VerificationFailed,
        626 => EbpfResult.NoMoreKeys,
        698 => EbpfResult.AlreadyPinned,
        995 => EbpfResult.Canceled,
        997 => EbpfResult.Pending,
        998 => EbpfResult.InvalidPointer,
        1168 => EbpfResult.KeyNotFound,
        1242 => EbpfResult.KeyAlreadyExists,
        1247 => EbpfResult.AlreadyInitialized,
        1296 => EbpfResult.BlockedByPolicy,
        1332 => EbpfResult.JitCompilationFailed,
        1359 => EbpfResult.KeyAlreadyExists,
        1450 => EbpfResult.OutOfSpace,
        1460 => EbpfResult.Timeout,
        1726 => EbpfResult.RpcException,
        2001 => EbpfResult.ExtensionFailedToLoad,
        5010 => EbpfResult.ObjectAlreadyExists,
        5023 => EbpfResult.InvalidState,
        14109 => EbpfResult.ProgramLoadFailed,
        _ => EbpfResult.Failed,
    };

    /// <summary>The result that the library sees when its control request ends with this status: both conversions combined.</summary>
    public static EbpfResult SeenThroughIoctl(NtStatus status) => ToEbpfResult(ToDeviceIoControlError(status));

    /// <summary>The result that the library sees for a result of the driver: all three conversions combined.</summary>
    public static EbpfResult SeenThroughIoctl(EbpfResult result) => SeenThroughIoctl(ToNtStatus(result));

    /// <summary>
    /// Result to errno, for libbpf-shaped calls: <c>libbpf_result_err</c>, the errno that is set and, negated, returned. A result without an
    /// errno of its own becomes <see cref="Errno.EOTHER"/>.
    /// </summary>
    public static Errno ToErrno(EbpfResult result) => result switch
    {
        EbpfResult.Success => Errno.None,
        EbpfResult.AccessDenied => Errno.EPERM,
        EbpfResult.InvalidArgument
            or EbpfResult.InvalidObject
            or EbpfResult.AlreadyInitialized
            or EbpfResult.ExtensionFailedToLoad => Errno.EINVAL,
        EbpfResult.FileNotFound
            or EbpfResult.KeyNotFound
            or EbpfResult.NoMoreKeys
            or EbpfResult.ObjectNotFound => Errno.ENOENT,
        EbpfResult.InvalidFd => Errno.EBADF,
        EbpfResult.InvalidPointer => Errno.EFAULT,
        EbpfResult.NoMemory => Errno.ENOMEM,
        EbpfResult.ObjectAlreadyExists => Errno.EEXIST,
        EbpfResult.OperationNotSupported => Errno.ENOTSUP,
        EbpfResult.VerificationFailed => Errno.EACCES,
        EbpfResult.OutOfSpace => Errno.ENOSPC,
        EbpfResult.InsufficientBuffer => Errno.ENOBUFS,
        _ => Errno.EOTHER,
    };
}
