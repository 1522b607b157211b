namespace KernelSim.Protocol.Messages;

/// <summary>
/// The ways of running programs that an operation serves. An operation is allowed while any of its modes is: native always, JIT only
/// while hypervisor code integrity is off, the interpreter wherever it is built in. Else it is
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

    /// <summary>All of them.</summary>
    All = Native | Jit | Interpret,
}
