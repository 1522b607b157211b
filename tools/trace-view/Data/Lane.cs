namespace KernelSim.TraceView.Data;

/// <summary>Where an event happens, from the program inwards. The processors' lanes follow from the field <c>processor</c>.</summary>
internal enum Lane
{
    /// <summary>The program.</summary>
    Application,

    /// <summary>The user library.</summary>
    Library,

    /// <summary>The gate and the I/O manager, and other parts of the kernel outside the driver.</summary>
    Gate,

    /// <summary>The driver: dispatch, protocol handlers, programs, epochs.</summary>
    Driver,

    /// <summary>Maps and their memory.</summary>
    MapStore,
}
