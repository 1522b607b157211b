namespace KernelSim.TraceAnalysis;

/// <summary>The kinds of rows of the boundary ledger.</summary>
public enum LedgerKind
{
    /// <summary>A control request crossed into the kernel.</summary>
    Crossing,

    /// <summary>A control request returned.</summary>
    Return,

    /// <summary>Bytes moved.</summary>
    Copy,

    /// <summary>A check that passed.</summary>
    Check,

    /// <summary>A check that refused the request.</summary>
    Refusal,

    /// <summary>An access to memory that may not be accessed.</summary>
    Fault,
}
