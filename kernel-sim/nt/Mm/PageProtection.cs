namespace KernelSim.Nt.Mm;

/// <summary>What may be done with a page.</summary>
public enum PageProtection
{
    /// <summary>PAGE_NOACCESS.</summary>
    NoAccess,

    /// <summary>PAGE_READONLY.</summary>
    ReadOnly,

    /// <summary>PAGE_READWRITE.</summary>
    ReadWrite,
}
