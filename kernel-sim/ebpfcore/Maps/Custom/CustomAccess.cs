namespace KernelSim.EbpfCore.Maps;

/// <summary>An operation on an element of a custom map.</summary>
internal enum CustomAccess
{
    /// <summary>Lookup.</summary>
    Find,

    /// <summary>Lookup and delete.</summary>
    FindAndDelete,

    /// <summary>Update.</summary>
    Update,

    /// <summary>Delete.</summary>
    Delete,

    /// <summary>Get next key.</summary>
    Next,
}
