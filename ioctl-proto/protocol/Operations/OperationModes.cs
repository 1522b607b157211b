namespace KernelSim.Protocol.Messages;

/// <summary>
/// The execution modes that an operation serves. An operation is allowed while any of its modes is: native always, JIT only
/// while hypervisor code integrity is off, the interpreter if it is built in. Otherwise it fails with
/// <see cref="EbpfResult.BlockedByPolicy"/>.
/// </summary>
[Flags]
public enum OperationModes : byte
{
    /// <summary>No mode.</summary>
    None = 0,

    /// <summary>Programs compiled to drivers beforehand.</summary>
    Native = 1,

    /// <summary>Programs compiled when they are loaded.</summary>
    Jit = 2,

    /// <summary>Programs that are interpreted.</summary>
    Interpret = 4,

    /// <summary>All three modes.</summary>
    All = Native | Jit | Interpret,
}
