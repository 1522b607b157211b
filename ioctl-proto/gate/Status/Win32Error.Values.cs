namespace KernelSim.Protocol;

public readonly partial record struct Win32Error
{
    /// <summary><c>ERROR_SUCCESS</c>, 0.</summary>
    public static readonly Win32Error Success = new(0);

    /// <summary><c>ERROR_INVALID_FUNCTION</c>, 1.</summary>
    public static readonly Win32Error InvalidFunction = new(1);

    /// <summary><c>ERROR_FILE_NOT_FOUND</c>, 2.</summary>
    public static readonly Win32Error FileNotFound = new(2);

    /// <summary><c>ERROR_PATH_NOT_FOUND</c>, 3.</summary>
    public static readonly Win32Error PathNotFound = new(3);

    /// <summary><c>ERROR_TOO_MANY_OPEN_FILES</c>, 4.</summary>
    public static readonly Win32Error TooManyOpenFiles = new(4);

    /// <summary><c>ERROR_ACCESS_DENIED</c>, 5.</summary>
    public static readonly Win32Error AccessDenied = new(5);

    /// <summary><c>ERROR_INVALID_HANDLE</c>, 6.</summary>
    public static readonly Win32Error InvalidHandle = new(6);

    /// <summary><c>ERROR_NOT_ENOUGH_MEMORY</c>, 8.</summary>
    public static readonly Win32Error NotEnoughMemory = new(8);

    /// <summary><c>ERROR_OUTOFMEMORY</c>, 14.</summary>
    public static readonly Win32Error OutOfMemory = new(14);

    /// <summary><c>ERROR_BAD_COMMAND</c>, 22.</summary>
    public static readonly Win32Error BadCommand = new(22);

    /// <summary><c>ERROR_GEN_FAILURE</c>, 31.</summary>
    public static readonly Win32Error GenFailure = new(31);

    /// <summary><c>ERROR_NOT_SUPPORTED</c>, 50.</summary>
    public static readonly Win32Error NotSupported = new(50);

    /// <summary><c>ERROR_TOO_MANY_CMDS</c>, 56.</summary>
    public static readonly Win32Error TooManyCmds = new(56);

    /// <summary><c>ERROR_TOO_MANY_NAMES</c>, 68.</summary>
    public static readonly Win32Error TooManyNames = new(68);

    /// <summary><c>ERROR_INVALID_PARAMETER</c>, 87.</summary>
    public static readonly Win32Error InvalidParameter = new(87);

    /// <summary><c>ERROR_CALL_NOT_IMPLEMENTED</c>, 120.</summary>
    public static readonly Win32Error CallNotImplemented = new(120);

    /// <summary><c>ERROR_SEM_TIMEOUT</c>, 121.</summary>
    public static readonly Win32Error SemTimeout = new(121);

    /// <summary><c>ERROR_INSUFFICIENT_BUFFER</c>, 122.</summary>
    public static readonly Win32Error InsufficientBuffer = new(122);

    /// <summary><c>ERROR_INVALID_NAME</c>, 123.</summary>
    public static readonly Win32Error InvalidName = new(123);

    /// <summary><c>ERROR_ALREADY_EXISTS</c>, 183.</summary>
    public static readonly Win32Error AlreadyExists = new(183);

    /// <summary><c>ERROR_BAD_EXE_FORMAT</c>, 193.</summary>
    public static readonly Win32Error BadExeFormat = new(193);

    /// <summary><c>ERROR_MORE_DATA</c>, 234.</summary>
    public static readonly Win32Error MoreData = new(234);

    /// <summary><c>ERROR_NO_MORE_ITEMS</c>, 259.</summary>
    public static readonly Win32Error NoMoreItems = new(259);

    /// <summary><c>ERROR_NOT_OWNER</c>, 288.</summary>
    public static readonly Win32Error NotOwner = new(288);

    /// <summary><c>ERROR_MR_MID_NOT_FOUND</c>, 317.</summary>
    public static readonly Win32Error MrMidNotFound = new(317);

    /// <summary><c>ERROR_INVALID_ADDRESS</c>, 487.</summary>
    public static readonly Win32Error InvalidAddress = new(487);

    /// <summary><c>ERROR_ARITHMETIC_OVERFLOW</c>, 534.</summary>
    public static readonly Win32Error ArithmeticOverflow = new(534);

    /// <summary><c>ERROR_VERIFIER_STOP</c>, 537.</summary>
    public static readonly Win32Error VerifierStop = new(537);

    /// <summary><c>ERROR_NO_MORE_MATCHES</c>, 626.</summary>
    public static readonly Win32Error NoMoreMatches = new(626);

    /// <summary><c>ERROR_FAILED_DRIVER_ENTRY</c>, 647.</summary>
    public static readonly Win32Error FailedDriverEntry = new(647);

    /// <summary><c>ERROR_OBJECT_NAME_EXISTS</c>, 698.</summary>
    public static readonly Win32Error ObjectNameExists = new(698);

    /// <summary><c>ERROR_USER_APC</c>, 737.</summary>
    public static readonly Win32Error UserApc = new(737);

    /// <summary><c>ERROR_OPERATION_ABORTED</c>, 995.</summary>
    public static readonly Win32Error OperationAborted = new(995);

    /// <summary><c>ERROR_IO_PENDING</c>, 997.</summary>
    public static readonly Win32Error IoPending = new(997);

    /// <summary><c>ERROR_NOACCESS</c>, 998.</summary>
    public static readonly Win32Error NoAccess = new(998);

    /// <summary><c>ERROR_SERVICE_ALREADY_RUNNING</c>, 1056.</summary>
    public static readonly Win32Error ServiceAlreadyRunning = new(1056);

    /// <summary><c>ERROR_IO_DEVICE</c>, 1117.</summary>
    public static readonly Win32Error IoDevice = new(1117);

    /// <summary><c>ERROR_NOT_FOUND</c>, 1168.</summary>
    public static readonly Win32Error NotFound = new(1168);

    /// <summary><c>ERROR_ALREADY_REGISTERED</c>, 1242.</summary>
    public static readonly Win32Error AlreadyRegistered = new(1242);

    /// <summary><c>ERROR_ALREADY_INITIALIZED</c>, 1247.</summary>
    public static readonly Win32Error AlreadyInitialized = new(1247);

    /// <summary><c>ERROR_CONTENT_BLOCKED</c>, 1296.</summary>
    public static readonly Win32Error ContentBlocked = new(1296);

    /// <summary><c>ERROR_NONE_MAPPED</c>, 1332.</summary>
    public static readonly Win32Error NoneMapped = new(1332);

    /// <summary><c>ERROR_INTERNAL_ERROR</c>, 1359.</summary>
    public static readonly Win32Error InternalError = new(1359);

    /// <summary><c>ERROR_NO_SYSTEM_RESOURCES</c>, 1450.</summary>
    public static readonly Win32Error NoSystemResources = new(1450);

    /// <summary><c>ERROR_TIMEOUT</c>, 1460.</summary>
    public static readonly Win32Error Timeout = new(1460);

    /// <summary><c>RPC_S_CALL_FAILED</c>, 1726.</summary>
    public static readonly Win32Error RpcCallFailed = new(1726);

    /// <summary><c>ERROR_NOT_ENOUGH_QUOTA</c>, 1816.</summary>
    public static readonly Win32Error NotEnoughQuota = new(1816);

    /// <summary><c>ERROR_BAD_DRIVER</c>, 2001.</summary>
    public static readonly Win32Error BadDriver = new(2001);

    /// <summary><c>ERROR_OBJECT_ALREADY_EXISTS</c>, 5010.</summary>
    public static readonly Win32Error ObjectAlreadyExists = new(5010);

    /// <summary><c>ERROR_INVALID_STATE</c>, 5023.</summary>
    public static readonly Win32Error InvalidState = new(5023);

    /// <summary><c>ERROR_GENERIC_COMMAND_FAILED</c>, 14109.</summary>
    public static readonly Win32Error GenericCommandFailed = new(14109);

    private static readonly Dictionary<uint, string> s_names = new()
    {
        [0] = "ERROR_SUCCESS",
        [1] = "ERROR_INVALID_FUNCTION",
        [2] = "ERROR_FILE_NOT_FOUND",
        [3] = "ERROR_PATH_NOT_FOUND",
        [4] = "ERROR_TOO_MANY_OPEN_FILES",
        [5] = "ERROR_ACCESS_DENIED",
        [6] = "ERROR_INVALID_HANDLE",
        [8] = "ERROR_NOT_ENOUGH_MEMORY",
        [14] = "ERROR_OUTOFMEMORY",
        [22] = "ERROR_BAD_COMMAND",
        [31] = "ERROR_GEN_FAILURE",
        [50] = "ERROR_NOT_SUPPORTED",
        [56] = "ERROR_TOO_MANY_CMDS",
        [68] = "ERROR_TOO_MANY_NAMES",
        [87] = "ERROR_INVALID_PARAMETER",
        [121] = "ERROR_SEM_TIMEOUT",
        [122] = "ERROR_INSUFFICIENT_BUFFER",
        [123] = "ERROR_INVALID_NAME",
        [183] = "ERROR_ALREADY_EXISTS",
        [193] = "ERROR_BAD_EXE_FORMAT",
        [234] = "ERROR_MORE_DATA",
        [259] = "ERROR_NO_MORE_ITEMS",
        [288] = "ERROR_NOT_OWNER",
        [317] = "ERROR_MR_MID_NOT_FOUND",
        [487] = "ERROR_INVALID_ADDRESS",
        [534] = "ERROR_ARITHMETIC_OVERFLOW",
        [537] = "ERROR_VERIFIER_STOP",
        [626] = "ERROR_NO_MORE_MATCHES",
        [647] = "ERROR_FAILED_DRIVER_ENTRY",
        [698] = "ERROR_OBJECT_NAME_EXISTS",
        [737] = "ERROR_USER_APC",
        [995] = "ERROR_OPERATION_ABORTED",
        [997] = "ERROR_IO_PENDING",
        [998] = "ERROR_NOACCESS",
        [1056] = "ERROR_SERVICE_ALREADY_RUNNING",
        [1117] = "ERROR_IO_DEVICE",
        [1168] = "ERROR_NOT_FOUND",
        [1242] = "ERROR_ALREADY_REGISTERED",
        [1247] = "ERROR_ALREADY_INITIALIZED",
        [1296] = "ERROR_CONTENT_BLOCKED",
        [1332] = "ERROR_NONE_MAPPED",
        [1359] = "ERROR_INTERNAL_ERROR",
        [1450] = "ERROR_NO_SYSTEM_RESOURCES",
        [1460] = "ERROR_TIMEOUT",
        [1726] = "RPC_S_CALL_FAILED",
        [1816] = "ERROR_NOT_ENOUGH_QUOTA",
        [2001] = "ERROR_BAD_DRIVER",
        [5010] = "ERROR_OBJECT_ALREADY_EXISTS",
        [5023] = "ERROR_INVALID_STATE",
        [14109] = "ERROR_GENERIC_COMMAND_FAILED",
    };
}
