namespace KernelSim.Protocol;

public readonly partial record struct NtStatus
{
    /// <summary>
    /// The Win32 error of the status by the system's own table, <c>RtlNtStatusToDosError</c>, for every status that KernelSim names; any other
    /// becomes ERROR_MR_MID_NOT_FOUND.
    /// </summary>
    public Win32Error ToWin32Error() => Value switch
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
    public Win32Error ToDeviceIoControlError() =>
        this == Pending ? Win32Error.IoPending : IsSuccess ? Win32Error.Success : ToWin32Error();
}
