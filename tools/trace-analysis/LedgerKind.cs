namespace KernelSim.TraceAnalysis;

/// <summary>What a row of the boundary ledger records.</summary>
public enum LedgerKind
{
    /// <summary>A control request crossed into the kernel.</summary>
    Crossing,

    /// <summary>A control request came back.</summary>
    Return,

    /// <summary>Bytes moved.</summary>
    Copy,

    /// <summary>Two numbers were compared and the request went on.</summary>
    Check,

    /// <summary>Two numbers were compared and the request ended.</summary>
    Refusal,

    /// <summary>Memory was touched that may not be touched.</summary>
    Fault,
}
