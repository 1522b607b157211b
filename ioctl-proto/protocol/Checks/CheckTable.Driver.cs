using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Checks;

// 2xxx: the I/O manager and the driver's dispatch routine. 20xx are the driver's steps, in the order in which it takes them.
public static partial class CheckTable
{
    /// <summary>Step 1: the control code.</summary>
    public static readonly EbpfCheck DriverControlCode = new(
        2001,
        "driver.control_code",
        "The driver answers one control code only.",
        "control code = 0x00122400 (FILE_DEVICE_NETWORK, function 0x900, METHOD_BUFFERED, FILE_ANY_ACCESS)",
        EbpfResult.InvalidObject,
        "Send IOCTL_EBPF_CTL_METHOD_BUFFERED; the operation goes into the message's header, not into the control code.")
    {
        Numbers = CheckNumbers.Hexadecimal,
    };

    /// <summary>Step 2: input is present.</summary>
    public static readonly EbpfCheck DriverInputLength = new(
        2002,
        "driver.input.length",
        "A request must come with an input buffer that is not empty.",
        "input length > 0",
        EbpfResult.InvalidArgument,
        "Pass the request as the input buffer; at least its 8-byte header is always needed.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Step 3: the input buffer exists.</summary>
    public static readonly EbpfCheck DriverInputBuffer = new(
        2003,
        "driver.input.buffer",
        "The I/O manager must have a system buffer for the input.",
        "system buffer of the input != NULL",
        EbpfResult.InvalidArgument,
        "Pass an input address that the process can read.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Step 4: room for a header.</summary>
    public static readonly EbpfCheck DriverInputHeader = new(
        2004,
        "driver.input.header",
        "The input must hold at least a message header.",
        $"input length >= {OperationHeader.ByteCount}",
        EbpfResult.InvalidArgument,
        "Start the request with an ebpf_operation_header_t: u16 length, 2 bytes of padding, u32 operation id.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Step 5: the operation id.</summary>
    public static readonly EbpfCheck DriverOperationId = new(
        2005,
        "driver.operation.id",
        "The header must name an operation that the protocol has.",
        $"header.id <= {EbpfLimits.LastOperationId}",
        EbpfResult.OperationNotSupported,
        "Use one of the ids of ebpf_operation_id_t; check that library and driver are of the same version.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Step 6: the operation's modes.</summary>
    public static readonly EbpfCheck DriverOperationPolicy = new(
        2006,
        "driver.operation.policy",
        "At least one way of running programs that the operation serves must be allowed on this machine.",
        "operation's modes (native 1, jit 2, interpret 4) and the machine's permitted modes have a bit in common",
        EbpfResult.BlockedByPolicy,
        "JIT compilation is off while hypervisor code integrity is on: load native programs, or turn code integrity off.")
    {
        Relation = CheckRelation.AnyBitOf,
    };

    /// <summary>Step 7: a handler.</summary>
    public static readonly EbpfCheck DriverOperationHandler = new(
        2007,
        "driver.operation.handler",
        "The driver must have a handler for the operation.",
        "the operation's row has a handler",
        EbpfResult.OperationNotSupported,
        "The operation exists in the protocol but is not built into this driver; do not use it.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Step 8: the caller's rights.</summary>
    public static readonly EbpfCheck DriverPrivilege = new(
        2008,
        "driver.privilege",
        "A privileged operation requires a token that passes the privileged security descriptor.",
        "operation is not privileged, or the caller's token is the eBPF service's or an administrator's",
        EbpfResult.AccessDenied,
        "Run the program elevated, or let the eBPF service load the code.")
    {
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Step 9: the output buffer.</summary>
    public static readonly EbpfCheck DriverOutputBuffer = new(
        2009,
        "driver.output.buffer",
        "An operation with a reply needs an output buffer.",
        "system buffer of the output != NULL",
        EbpfResult.InvalidArgument,
        "Pass an output buffer that the process can write, at least as long as the operation's smallest reply.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Step 10: the output buffer's length.</summary>
    public static readonly EbpfCheck DriverOutputLength = new(
        2010,
        "driver.output.length",
        "The output buffer must hold the operation's smallest reply.",
        "output length >= fixed part of the reply",
        EbpfResult.Failed,
        "Make the output buffer longer. The status is STATUS_BUFFER_TOO_SMALL, which the library cannot decode and shows as EOTHER.")
    {
        Status = NtStatus.BufferTooSmall,
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Step 12: 16-bit lengths.</summary>
    public static readonly EbpfCheck DriverMessageMax = new(
        2012,
        "driver.message.max",
        "Neither request nor reply may be longer than a 16-bit length can express.",
        $"input length <= {EbpfDevice.MaxMessageBytes} and output length <= {EbpfDevice.MaxMessageBytes}",
        EbpfResult.InvalidArgument,
        $"Split the work into several requests: a batch takes at most ({EbpfDevice.MaxMessageBytes} - fixed part) / element size elements "
        + "per message.")
    {
        Relation = CheckRelation.AtMost,
    };
}
