namespace KernelSim.Tool.Doctor;

/// <summary>The operating systems that differ in what <c>doctor</c> looks at.</summary>
internal enum HostSystem
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>Linux, also below Windows or in a container.</summary>
    Linux,

    /// <summary>Windows.</summary>
    Windows,

    /// <summary>MacOS.</summary>
    MacOS,
}
