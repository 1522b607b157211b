namespace KernelSim.Tool.Doctor;

/// <summary>How much of a thing the host permits.</summary>
internal enum FindingState
{
    /// <summary>All that KernelSim makes use of.</summary>
    Ok,

    /// <summary>A part of it.</summary>
    Limited,

    /// <summary>Nothing.</summary>
    Missing,
}
