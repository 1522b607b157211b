namespace KernelSim.Protocol;

/// <summary>
/// The result of an operation of the driver or the library: <c>ebpf_result_t</c>. Inside the driver this is the only status
/// vocabulary; <c>ResultConversions</c> turns it into an NTSTATUS, a Win32 error and an errno.
/// </summary>
public enum EbpfResult
{
    /// <summary><c>EBPF_SUCCESS</c>: travels as STATUS_SUCCESS, shows as 0.</summary>
    Success = 0,
    /// <summary><c>EBPF_VERIFICATION_FAILED</c>: travels as STATUS_VERIFIER_STOP, shows as EACCES.</summary>
    VerificationFailed = 1,
    /// <summary><c>EBPF_JIT_COMPILATION_FAILED</c>: travels as STATUS_NONE_MAPPED, shows as EOTHER.</summary>
    JitCompilationFailed = 2,
    /// <summary><c>EBPF_PROGRAM_LOAD_FAILED</c>: travels as STATUS_GENERIC_COMMAND_FAILED, shows as EOTHER.</summary>
    ProgramLoadFailed = 3,
    /// <summary><c>EBPF_INVALID_FD</c>: travels as STATUS_INVALID_HANDLE, shows as EBADF.</summary>
    InvalidFd = 4,
    /// <summary><c>EBPF_INVALID_OBJECT</c>: travels as STATUS_INVALID_DEVICE_REQUEST, shows as EINVAL.</summary>
    InvalidObject = 5,
    /// <summary><c>EBPF_INVALID_ARGUMENT</c>: travels as STATUS_INVALID_PARAMETER, shows as EINVAL.</summary>
    InvalidArgument = 6,
    /// <summary><c>EBPF_OBJECT_NOT_FOUND</c>: travels as STATUS_OBJECT_PATH_NOT_FOUND, shows as ENOENT.</summary>
    ObjectNotFound = 7,
    /// <summary><c>EBPF_OBJECT_ALREADY_EXISTS</c>: travels as STATUS_OBJECTID_EXISTS, shows as EEXIST.</summary>
    ObjectAlreadyExists = 8,
    /// <summary><c>EBPF_FILE_NOT_FOUND</c>: travels as STATUS_NO_SUCH_FILE, shows as ENOENT.</summary>
    FileNotFound = 9,
    /// <summary><c>EBPF_ALREADY_PINNED</c>: travels as STATUS_OBJECT_NAME_EXISTS, shows as EOTHER.</summary>
    AlreadyPinned = 10,
    /// <summary><c>EBPF_NOT_PINNED</c>: travels as STATUS_RESOURCE_NOT_OWNED, shows as EOTHER.</summary>
    NotPinned = 11,
    /// <summary><c>EBPF_NO_MEMORY</c>: travels as STATUS_NO_MEMORY, shows as ENOMEM.</summary>
    NoMemory = 12,
    /// <summary><c>EBPF_PROGRAM_TOO_LARGE</c>: travels as STATUS_TOO_MANY_COMMANDS, shows as EOTHER.</summary>
    ProgramTooLarge = 13,
    /// <summary><c>EBPF_RPC_EXCEPTION</c>: travels as RPC_NT_CALL_FAILED, shows as EOTHER.</summary>
    RpcException = 14,
    /// <summary><c>EBPF_ALREADY_INITIALIZED</c>: travels as STATUS_ALREADY_INITIALIZED, shows as EINVAL.</summary>
    AlreadyInitialized = 15,
    /// <summary><c>EBPF_ELF_PARSING_FAILED</c>: travels as STATUS_INVALID_IMAGE_FORMAT, shows as EOTHER.</summary>
    ElfParsingFailed = 16,
    /// <summary><c>EBPF_FAILED</c>: travels as STATUS_UNSUCCESSFUL, shows as EOTHER.</summary>
    Failed = 17,
    /// <summary><c>EBPF_OPERATION_NOT_SUPPORTED</c>: travels as STATUS_NOT_SUPPORTED, shows as ENOTSUP.</summary>
    OperationNotSupported = 18,
    /// <summary><c>EBPF_KEY_NOT_FOUND</c>: travels as STATUS_NOT_FOUND, shows as ENOENT.</summary>
    KeyNotFound = 19,
    /// <summary><c>EBPF_ACCESS_DENIED</c>: travels as STATUS_ACCESS_DENIED, shows as EPERM.</summary>
    AccessDenied = 20,
    /// <summary><c>EBPF_BLOCKED_BY_POLICY</c>: travels as STATUS_CONTENT_BLOCKED, shows as EOTHER.</summary>
    BlockedByPolicy = 21,
    /// <summary><c>EBPF_ARITHMETIC_OVERFLOW</c>: travels as STATUS_INTEGER_OVERFLOW, shows as EOTHER.</summary>
    ArithmeticOverflow = 22,
    /// <summary><c>EBPF_EXTENSION_FAILED_TO_LOAD</c>: travels as STATUS_DRIVER_UNABLE_TO_LOAD, shows as EINVAL.</summary>
    ExtensionFailedToLoad = 23,
    /// <summary><c>EBPF_INSUFFICIENT_BUFFER</c>: travels as STATUS_BUFFER_OVERFLOW, shows as ENOBUFS.</summary>
    InsufficientBuffer = 24,
    /// <summary><c>EBPF_NO_MORE_KEYS</c>: travels as STATUS_NO_MORE_MATCHES, shows as ENOENT.</summary>
    NoMoreKeys = 25,
    /// <summary><c>EBPF_KEY_ALREADY_EXISTS</c>: travels as STATUS_ALREADY_REGISTERED, shows as EOTHER.</summary>
    KeyAlreadyExists = 26,
    /// <summary><c>EBPF_NO_MORE_TAIL_CALLS</c>: travels as STATUS_TOO_MANY_NODES, shows as EOTHER.</summary>
    NoMoreTailCalls = 27,
    /// <summary><c>EBPF_PENDING</c>: travels as STATUS_PENDING, shows as EOTHER.</summary>
    Pending = 28,
    /// <summary><c>EBPF_OUT_OF_SPACE</c>: travels as STATUS_INSUFFICIENT_RESOURCES, shows as ENOSPC.</summary>
    OutOfSpace = 29,
    /// <summary><c>EBPF_CANCELED</c>: travels as STATUS_CANCELLED, shows as EOTHER.</summary>
    Canceled = 30,
    /// <summary><c>EBPF_INVALID_POINTER</c>: travels as STATUS_ACCESS_VIOLATION, shows as EFAULT.</summary>
    InvalidPointer = 31,
    /// <summary><c>EBPF_TIMEOUT</c>: travels as STATUS_TIMEOUT, shows as EOTHER.</summary>
    Timeout = 32,
    /// <summary><c>EBPF_STALE_ID</c>: travels as STATUS_INVALID_DEVICE_STATE, shows as EOTHER.</summary>
    StaleId = 33,
    /// <summary><c>EBPF_INVALID_STATE</c>: travels as STATUS_INVALID_STATE_TRANSITION, shows as EOTHER.</summary>
    InvalidState = 34,
}
