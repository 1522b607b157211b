namespace KernelSim.EbpfCore.Maps;

/// <summary>What somebody wants of an element of a custom map.</summary>
internal enum CustomAccess
{
    /// <summary>To read it.</summary>
    Find,

    /// <summary>To read it and delete it.</summary>
    FindAndDelete,

    /// <summary>To insert or replace it.</summary>
    Update,

    /// <summary>To delete it.</summary>
    Delete,

    /// <summary>To go on behind it.</summary>
    Next,
}
