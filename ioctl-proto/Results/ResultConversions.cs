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

    /// <summary>
    /// The system's own table, <c>RtlNtStatusToDosError</c>, for every status that KernelSim names; any other becomes
    /// ERROR_MR_MID_NOT_FOUND.
    /// </summary>
    public static Win32Error ToWin32Error(NtStatus status) => status.Value switch
    {
        0x00000000 => Win32Error.Success, // STATUS_SUCCESS
        0x000000C0 => Win32Error.UserApc, // STATUS_USER_APC
        0x00000102 => Win32Error.Timeout, // STATUS_TIMEOUT
        0x00000103 => Win32Error.IoPending, // STATUS_PENDING
        0x40000000 => Win32Error.ObjectNameExists, // STATUS_OBJECT_NAME_EXISTS
        0x80000002 => Win32Error.NoAccess, // STATUS_DATATYPE_MISALIGNMENT
        0x80000005 => Win32Error.MoreData, // STATUS_BUFFER_OVERFLOW
        0xC0000001 => Win32Error.GenFailure, // STATUS_UNSUCCESSFUL
        0xC0000003 => Win32Error.InvalidParameter, // STATUS_INVALID_INFO_CLASS
        0xC0000005 => Win32Error.NoAccess, // STATUS_ACCESS_VIOLATION
        0xC0000008 => Win32Error.InvalidHandle, // STATUS_INVALID_HANDLE
        0xC000000D => Win32Error.InvalidParameter, // STATUS_INVALID_PARAMETER
        0xC000000E => Win32Error.FileNotFound, // STATUS_NO_SUCH_DEVICE
        0xC000000F => Win32Error.FileNotFound, // STATUS_NO_SUCH_FILE
        0xC0000010 => Win32Error.InvalidFunction, // STATUS_INVALID_DEVICE_REQUEST
        0xC0000016 => Win32Error.MoreData, // STATUS_MORE_PROCESSING_REQUIRED
        0xC0000017 => Win32Error.NotEnoughMemory, // STATUS_NO_MEMORY
        0xC0000019 => Win32Error.InvalidAddress, // STATUS_NOT_MAPPED_VIEW
        0xC0000022 => Win32Error.AccessDenied, // STATUS_ACCESS_DENIED
        0xC0000023 => Win32Error.InsufficientBuffer, // STATUS_BUFFER_TOO_SMALL
        0xC0000024 => Win32Error.InvalidHandle, // STATUS_OBJECT_TYPE_MISMATCH
        0xC0000033 => Win32Error.InvalidName, // STATUS_OBJECT_NAME_INVALID
        0xC0000034 => Win32Error.FileNotFound, // STATUS_OBJECT_NAME_NOT_FOUND
        0xC0000035 => Win32Error.AlreadyExists, // STATUS_OBJECT_NAME_COLLISION
        0xC000003A => Win32Error.PathNotFound, // STATUS_OBJECT_PATH_NOT_FOUND
        0xC0000044 => Win32Error.NotEnoughQuota, // STATUS_QUOTA_EXCEEDED
        0xC0000056 => Win32Error.AccessDenied, // STATUS_DELETE_PENDING
        0xC0000073 => Win32Error.NoneMapped, // STATUS_NONE_MAPPED
        0xC000007B => Win32Error.BadExeFormat, // STATUS_INVALID_IMAGE_FORMAT
        0xC0000095 => Win32Error.ArithmeticOverflow, // STATUS_INTEGER_OVERFLOW
        0xC000009A => Win32Error.NoSystemResources, // STATUS_INSUFFICIENT_RESOURCES
        0xC00000B5 => Win32Error.SemTimeout, // STATUS_IO_TIMEOUT
        0xC00000BB => Win32Error.NotSupported, // STATUS_NOT_SUPPORTED
        0xC00000C1 => Win32Error.TooManyCmds, // STATUS_TOO_MANY_COMMANDS
        0xC000010A => Win32Error.AccessDenied, // STATUS_PROCESS_IS_TERMINATING
        0xC000010E => Win32Error.ServiceAlreadyRunning, // STATUS_IMAGE_ALREADY_LOADED
        0xC000011F => Win32Error.TooManyOpenFiles, // STATUS_TOO_MANY_OPENED_FILES
        0xC0000120 => Win32Error.OperationAborted, // STATUS_CANCELLED
        0xC0000128 => Win32Error.InvalidHandle, // STATUS_FILE_CLOSED
        0xC0000183 => Win32Error.IoDevice, // STATUS_DRIVER_INTERNAL_ERROR
        0xC0000184 => Win32Error.BadCommand, // STATUS_INVALID_DEVICE_STATE
        0xC000020E => Win32Error.TooManyNames, // STATUS_TOO_MANY_NODES
        0xC0000225 => Win32Error.NotFound, // STATUS_NOT_FOUND
        0xC000022B => Win32Error.ObjectAlreadyExists, // STATUS_OBJECTID_EXISTS
        0xC0000264 => Win32Error.NotOwner, // STATUS_RESOURCE_NOT_OWNED
        0xC000026C => Win32Error.BadDriver, // STATUS_DRIVER_UNABLE_TO_LOAD
        0xC0000273 => Win32Error.NoMoreMatches, // STATUS_NO_MORE_MATCHES
        0xC0000365 => Win32Error.FailedDriverEntry, // STATUS_FAILED_DRIVER_ENTRY
        0xC0000421 => Win32Error.VerifierStop, // STATUS_VERIFIER_STOP
        0xC0000510 => Win32Error.AlreadyInitialized, // STATUS_ALREADY_INITIALIZED
        0xC0000718 => Win32Error.InternalError, // STATUS_ALREADY_REGISTERED
        0xC0000804 => Win32Error.ContentBlocked, // STATUS_CONTENT_BLOCKED
        0xC000A003 => Win32Error.InvalidState, // STATUS_INVALID_STATE_TRANSITION
        0xC002001B => Win32Error.RpcCallFailed, // RPC_NT_CALL_FAILED
        0xC0150026 => Win32Error.GenericCommandFailed, // STATUS_GENERIC_COMMAND_FAILED
        _ => Win32Error.MrMidNotFound,
    };

    /// <summary>
    /// What <c>GetLastError</c> returns after <c>DeviceIoControl</c>, ERROR_SUCCESS if the call returned TRUE. It returns TRUE for every
    /// status of success or informational severity except STATUS_PENDING, which becomes ERROR_IO_PENDING on an overlapped file.
    /// (On a synchronous file the I/O manager waits, and the caller never sees STATUS_PENDING.)
    /// </summary>
    public static Win32Error ToDeviceIoControlError(NtStatus status) =>
        status == NtStatus.Pending ? Win32Error.IoPending : status.IsSuccess ? Win32Error.Success : ToWin32Error(status);

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
