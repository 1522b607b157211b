namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>What has become of a bug where it was found.</summary>
internal enum BugState
{
    /// <summary>Corrected.</summary>
    Fixed,

    /// <summary>Reported, and not corrected.</summary>
    Open,

    /// <summary>Found by reading the source; no report is known.</summary>
    Unreported,
}
