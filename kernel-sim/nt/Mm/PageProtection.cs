namespace KernelSim.Nt.Mm;

/// <summary>The accesses that a page allows.</summary>
public enum PageProtection
{
    /// <summary>PAGE_NOACCESS.</summary>
    NoAccess,

    /// <summary>PAGE_READONLY.</summary>
    ReadOnly,

    /// <summary>PAGE_READWRITE.</summary>
    ReadWrite,
}
