namespace KernelSim.Nt.Io;

/// <summary>Where a driver is in its life. Its devices can be opened only while it is loaded.</summary>
internal enum DriverState
{
    /// <summary>Its entry point has not returned.</summary>
    Loading,

    /// <summary>It serves.</summary>
    Loaded,

    /// <summary>Its unload routine has been, or is about to be, called; or its entry point failed.</summary>
    Unloading,
}
