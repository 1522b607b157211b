namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>The side of the boundary whose code was wrong.</summary>
internal enum ExhibitSide
{
    /// <summary>The program that calls the library.</summary>
    Application,

    /// <summary>The user library.</summary>
    Library,

    /// <summary>The driver, on the kernel's side.</summary>
    Driver,

    /// <summary>The messages between library and driver: neither can do better with what they say.</summary>
    Protocol,
}
