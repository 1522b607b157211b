using System.Collections.Frozen;

namespace KernelSim.Protocol;

public readonly partial record struct NtStatus
{
    /// <summary><c>STATUS_SUCCESS</c>, 0x00000000.</summary>
    public static readonly NtStatus Success = new(0x00000000);

    /// <summary><c>STATUS_USER_APC</c>, 0x000000C0.</summary>
    public static readonly NtStatus UserApc = new(0x000000C0);

    /// <summary><c>STATUS_TIMEOUT</c>, 0x00000102.</summary>
    public static readonly NtStatus Timeout = new(0x00000102);

    /// <summary><c>STATUS_PENDING</c>, 0x00000103.</summary>
    public static readonly NtStatus Pending = new(0x00000103);

    /// <summary><c>STATUS_OBJECT_NAME_EXISTS</c>, 0x40000000.</summary>
    public static readonly NtStatus ObjectNameExists = new(0x40000000);

    /// <summary><c>STATUS_DATATYPE_MISALIGNMENT</c>, 0x80000002.</summary>
    public static readonly NtStatus DatatypeMisalignment = new(0x80000002);

    /// <summary><c>STATUS_BUFFER_OVERFLOW</c>, 0x80000005.</summary>
    public static readonly NtStatus BufferOverflow = new(0x80000005);

    /// <summary><c>STATUS_UNSUCCESSFUL</c>, 0xC0000001.</summary>
    public static readonly NtStatus Unsuccessful = new(0xC0000001);

    /// <summary><c>STATUS_INVALID_INFO_CLASS</c>, 0xC0000003.</summary>
    public static readonly NtStatus InvalidInfoClass = new(0xC0000003);

    /// <summary><c>STATUS_ACCESS_VIOLATION</c>, 0xC0000005.</summary>
    public static readonly NtStatus AccessViolation = new(0xC0000005);

    /// <summary><c>STATUS_INVALID_HANDLE</c>, 0xC0000008.</summary>
    public static readonly NtStatus InvalidHandle = new(0xC0000008);

    /// <summary><c>STATUS_INVALID_PARAMETER</c>, 0xC000000D.</summary>
    public static readonly NtStatus InvalidParameter = new(0xC000000D);

    /// <summary><c>STATUS_NO_SUCH_DEVICE</c>, 0xC000000E.</summary>
    public static readonly NtStatus NoSuchDevice = new(0xC000000E);

    /// <summary><c>STATUS_NO_SUCH_FILE</c>, 0xC000000F.</summary>
    public static readonly NtStatus NoSuchFile = new(0xC000000F);

    /// <summary><c>STATUS_INVALID_DEVICE_REQUEST</c>, 0xC0000010.</summary>
    public static readonly NtStatus InvalidDeviceRequest = new(0xC0000010);

    /// <summary><c>STATUS_MORE_PROCESSING_REQUIRED</c>, 0xC0000016.</summary>
    public static readonly NtStatus MoreProcessingRequired = new(0xC0000016);

    /// <summary><c>STATUS_NO_MEMORY</c>, 0xC0000017.</summary>
    public static readonly NtStatus NoMemory = new(0xC0000017);

    /// <summary><c>STATUS_NOT_MAPPED_VIEW</c>, 0xC0000019.</summary>
    public static readonly NtStatus NotMappedView = new(0xC0000019);

    /// <summary><c>STATUS_ACCESS_DENIED</c>, 0xC0000022.</summary>
    public static readonly NtStatus AccessDenied = new(0xC0000022);

    /// <summary><c>STATUS_BUFFER_TOO_SMALL</c>, 0xC0000023.</summary>
    public static readonly NtStatus BufferTooSmall = new(0xC0000023);

    /// <summary><c>STATUS_OBJECT_TYPE_MISMATCH</c>, 0xC0000024.</summary>
    public static readonly NtStatus ObjectTypeMismatch = new(0xC0000024);

    /// <summary><c>STATUS_OBJECT_NAME_INVALID</c>, 0xC0000033.</summary>
    public static readonly NtStatus ObjectNameInvalid = new(0xC0000033);

    /// <summary><c>STATUS_OBJECT_NAME_NOT_FOUND</c>, 0xC0000034.</summary>
    public static readonly NtStatus ObjectNameNotFound = new(0xC0000034);

    /// <summary><c>STATUS_OBJECT_NAME_COLLISION</c>, 0xC0000035.</summary>
    public static readonly NtStatus ObjectNameCollision = new(0xC0000035);

    /// <summary><c>STATUS_OBJECT_PATH_NOT_FOUND</c>, 0xC000003A.</summary>
    public static readonly NtStatus ObjectPathNotFound = new(0xC000003A);

    /// <summary><c>STATUS_QUOTA_EXCEEDED</c>, 0xC0000044.</summary>
    public static readonly NtStatus QuotaExceeded = new(0xC0000044);

    /// <summary><c>STATUS_DELETE_PENDING</c>, 0xC0000056.</summary>
    public static readonly NtStatus DeletePending = new(0xC0000056);

    /// <summary><c>STATUS_NONE_MAPPED</c>, 0xC0000073.</summary>
    public static readonly NtStatus NoneMapped = new(0xC0000073);

    /// <summary><c>STATUS_INVALID_IMAGE_FORMAT</c>, 0xC000007B.</summary>
    public static readonly NtStatus InvalidImageFormat = new(0xC000007B);

    /// <summary><c>STATUS_INTEGER_OVERFLOW</c>, 0xC0000095.</summary>
    public static readonly NtStatus IntegerOverflow = new(0xC0000095);

    /// <summary><c>STATUS_INSUFFICIENT_RESOURCES</c>, 0xC000009A.</summary>
    public static readonly NtStatus InsufficientResources = new(0xC000009A);

    /// <summary><c>STATUS_IO_TIMEOUT</c>, 0xC00000B5.</summary>
    public static readonly NtStatus IoTimeout = new(0xC00000B5);

    /// <summary><c>STATUS_NOT_SUPPORTED</c>, 0xC00000BB.</summary>
    public static readonly NtStatus NotSupported = new(0xC00000BB);

    /// <summary><c>STATUS_TOO_MANY_COMMANDS</c>, 0xC00000C1.</summary>
    public static readonly NtStatus TooManyCommands = new(0xC00000C1);

    /// <summary><c>STATUS_PROCESS_IS_TERMINATING</c>, 0xC000010A.</summary>
    public static readonly NtStatus ProcessIsTerminating = new(0xC000010A);

    /// <summary><c>STATUS_IMAGE_ALREADY_LOADED</c>, 0xC000010E.</summary>
    public static readonly NtStatus ImageAlreadyLoaded = new(0xC000010E);

    /// <summary><c>STATUS_TOO_MANY_OPENED_FILES</c>, 0xC000011F.</summary>
    public static readonly NtStatus TooManyOpenedFiles = new(0xC000011F);

    /// <summary><c>STATUS_CANCELLED</c>, 0xC0000120.</summary>
    public static readonly NtStatus Cancelled = new(0xC0000120);

    /// <summary><c>STATUS_FILE_CLOSED</c>, 0xC0000128.</summary>
    public static readonly NtStatus FileClosed = new(0xC0000128);

    /// <summary><c>STATUS_DRIVER_INTERNAL_ERROR</c>, 0xC0000183.</summary>
    public static readonly NtStatus DriverInternalError = new(0xC0000183);

    /// <summary><c>STATUS_INVALID_DEVICE_STATE</c>, 0xC0000184.</summary>
    public static readonly NtStatus InvalidDeviceState = new(0xC0000184);

    /// <summary><c>STATUS_TOO_MANY_NODES</c>, 0xC000020E.</summary>
    public static readonly NtStatus TooManyNodes = new(0xC000020E);

    /// <summary><c>STATUS_NOT_FOUND</c>, 0xC0000225.</summary>
    public static readonly NtStatus NotFound = new(0xC0000225);

    /// <summary><c>STATUS_OBJECTID_EXISTS</c>, 0xC000022B.</summary>
    public static readonly NtStatus ObjectidExists = new(0xC000022B);

    /// <summary><c>STATUS_RESOURCE_NOT_OWNED</c>, 0xC0000264.</summary>
    public static readonly NtStatus ResourceNotOwned = new(0xC0000264);

    /// <summary><c>STATUS_DRIVER_UNABLE_TO_LOAD</c>, 0xC000026C.</summary>
    public static readonly NtStatus DriverUnableToLoad = new(0xC000026C);

    /// <summary><c>STATUS_NO_MORE_MATCHES</c>, 0xC0000273.</summary>
    public static readonly NtStatus NoMoreMatches = new(0xC0000273);

    /// <summary><c>STATUS_FAILED_DRIVER_ENTRY</c>, 0xC0000365.</summary>
    public static readonly NtStatus FailedDriverEntry = new(0xC0000365);

    /// <summary><c>STATUS_VERIFIER_STOP</c>, 0xC0000421.</summary>
    public static readonly NtStatus VerifierStop = new(0xC0000421);

    /// <summary><c>STATUS_ALREADY_INITIALIZED</c>, 0xC0000510.</summary>
    public static readonly NtStatus AlreadyInitialized = new(0xC0000510);

    /// <summary><c>STATUS_ALREADY_REGISTERED</c>, 0xC0000718.</summary>
    public static readonly NtStatus AlreadyRegistered = new(0xC0000718);

    /// <summary><c>STATUS_CONTENT_BLOCKED</c>, 0xC0000804.</summary>
    public static readonly NtStatus ContentBlocked = new(0xC0000804);

    /// <summary><c>STATUS_INVALID_STATE_TRANSITION</c>, 0xC000A003.</summary>
    public static readonly NtStatus InvalidStateTransition = new(0xC000A003);

    /// <summary><c>RPC_NT_CALL_FAILED</c>, 0xC002001B.</summary>
    public static readonly NtStatus RpcNtCallFailed = new(0xC002001B);

    /// <summary><c>STATUS_GENERIC_COMMAND_FAILED</c>, 0xC0150026.</summary>
    public static readonly NtStatus GenericCommandFailed = new(0xC0150026);

    private static readonly Dictionary<uint, string> s_names = new()
    {
        [0x00000000] = "STATUS_SUCCESS",
        [0x000000C0] = "STATUS_USER_APC",
        [0x00000102] = "STATUS_TIMEOUT",
        [0x00000103] = "STATUS_PENDING",
        [0x40000000] = "STATUS_OBJECT_NAME_EXISTS",
        [0x80000002] = "STATUS_DATATYPE_MISALIGNMENT",
        [0x80000005] = "STATUS_BUFFER_OVERFLOW",
        [0xC0000001] = "STATUS_UNSUCCESSFUL",
        [0xC0000003] = "STATUS_INVALID_INFO_CLASS",
        [0xC0000005] = "STATUS_ACCESS_VIOLATION",
        [0xC0000008] = "STATUS_INVALID_HANDLE",
        [0xC000000D] = "STATUS_INVALID_PARAMETER",
        [0xC000000E] = "STATUS_NO_SUCH_DEVICE",
        [0xC000000F] = "STATUS_NO_SUCH_FILE",
        [0xC0000010] = "STATUS_INVALID_DEVICE_REQUEST",
        [0xC0000016] = "STATUS_MORE_PROCESSING_REQUIRED",
        [0xC0000017] = "STATUS_NO_MEMORY",
        [0xC0000019] = "STATUS_NOT_MAPPED_VIEW",
        [0xC0000022] = "STATUS_ACCESS_DENIED",
        [0xC0000023] = "STATUS_BUFFER_TOO_SMALL",
        [0xC0000024] = "STATUS_OBJECT_TYPE_MISMATCH",
        [0xC0000033] = "STATUS_OBJECT_NAME_INVALID",
        [0xC0000034] = "STATUS_OBJECT_NAME_NOT_FOUND",
        [0xC0000035] = "STATUS_OBJECT_NAME_COLLISION",
        [0xC000003A] = "STATUS_OBJECT_PATH_NOT_FOUND",
        [0xC0000044] = "STATUS_QUOTA_EXCEEDED",
        [0xC0000056] = "STATUS_DELETE_PENDING",
        [0xC0000073] = "STATUS_NONE_MAPPED",
        [0xC000007B] = "STATUS_INVALID_IMAGE_FORMAT",
        [0xC0000095] = "STATUS_INTEGER_OVERFLOW",
        [0xC000009A] = "STATUS_INSUFFICIENT_RESOURCES",
        [0xC00000B5] = "STATUS_IO_TIMEOUT",
        [0xC00000BB] = "STATUS_NOT_SUPPORTED",
        [0xC00000C1] = "STATUS_TOO_MANY_COMMANDS",
        [0xC000010A] = "STATUS_PROCESS_IS_TERMINATING",
        [0xC000010E] = "STATUS_IMAGE_ALREADY_LOADED",
        [0xC000011F] = "STATUS_TOO_MANY_OPENED_FILES",
        [0xC0000120] = "STATUS_CANCELLED",
        [0xC0000128] = "STATUS_FILE_CLOSED",
        [0xC0000183] = "STATUS_DRIVER_INTERNAL_ERROR",
        [0xC0000184] = "STATUS_INVALID_DEVICE_STATE",
        [0xC000020E] = "STATUS_TOO_MANY_NODES",
        [0xC0000225] = "STATUS_NOT_FOUND",
        [0xC000022B] = "STATUS_OBJECTID_EXISTS",
        [0xC0000264] = "STATUS_RESOURCE_NOT_OWNED",
        [0xC000026C] = "STATUS_DRIVER_UNABLE_TO_LOAD",
        [0xC0000273] = "STATUS_NO_MORE_MATCHES",
        [0xC0000365] = "STATUS_FAILED_DRIVER_ENTRY",
        [0xC0000421] = "STATUS_VERIFIER_STOP",
        [0xC0000510] = "STATUS_ALREADY_INITIALIZED",
        [0xC0000718] = "STATUS_ALREADY_REGISTERED",
        [0xC0000804] = "STATUS_CONTENT_BLOCKED",
        [0xC000A003] = "STATUS_INVALID_STATE_TRANSITION",
        [0xC002001B] = "RPC_NT_CALL_FAILED",
        [0xC0150026] = "STATUS_GENERIC_COMMAND_FAILED",
    };

    /// <summary>Built on the first parse: a machine boots without it.</summary>
    private static class ByName
    {
        internal static readonly FrozenDictionary<string, uint> Values = s_names.ToFrozenDictionary(n => n.Value, n => n.Key);
    }
}
