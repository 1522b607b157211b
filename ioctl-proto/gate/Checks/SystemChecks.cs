namespace KernelSim.Protocol.Checks;

/// <summary>21xx: the checks that the I/O manager makes before any driver sees a request.</summary>
public static class SystemChecks
{
    /// <summary>The input buffer can be read.</summary>
    public static readonly Check IoProbeInput = new(
        2101,
        "io.probe.input",
        "The I/O manager must be able to read the whole input buffer.",
        "readable bytes from the input address on >= input length",
        NtStatus.AccessViolation,
        "Pass the address and the length of memory that the process owns.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The output buffer can be written.</summary>
    public static readonly Check IoProbeOutput = new(
        2102,
        "io.probe.output",
        "The I/O manager must be able to write the whole output buffer.",
        "writable bytes from the output address on >= output length",
        NtStatus.AccessViolation,
        "Pass the address and the length of writable memory that the process owns.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The status block can be written.</summary>
    public static readonly Check IoProbeStatusBlock = new(
        2103,
        "io.probe.status_block",
        "The I/O manager must be able to write the IO_STATUS_BLOCK.",
        "writable bytes from the status block's address on >= 16",
        NtStatus.AccessViolation,
        "Pass the address of 16 writable bytes, and keep them until the request has completed.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The transfer method.</summary>
    public static readonly Check IoMethodBuffered = new(
        2104,
        "io.method",
        "Buffers travel through a system buffer; no other method is simulated.",
        "method (the control code's low two bits) = METHOD_BUFFERED (0)",
        NtStatus.NotSupported,
        "Define the control code with METHOD_BUFFERED.");
}
