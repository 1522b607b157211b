namespace KernelSim.Nt.Io;

/// <summary>The state of a driver. Its devices can be opened only while it is loaded.</summary>
internal enum DriverState
{
    /// <summary>Its entry point has not returned.</summary>
    Loading,

    /// <summary>It handles requests.</summary>
    Loaded,

    /// <summary>Its unload routine has been called, or is about to be; or its entry point failed.</summary>
    Unloading,
}
