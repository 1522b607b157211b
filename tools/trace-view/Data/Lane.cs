namespace KernelSim.TraceView.Data;

/// <summary>Where an event happens, from the application inwards. The processors' lanes follow from the field <c>processor</c>.</summary>
internal enum Lane
{
    /// <summary>The application.</summary>
    Application,

    /// <summary>The user library.</summary>
    Library,

    /// <summary>The gate and the I/O manager, and other parts of the kernel outside the driver.</summary>
    Gate,

    /// <summary>The driver: dispatch, protocol handlers, epochs.</summary>
    Driver,

    /// <summary>An eBPF program: its helper calls, what they copied, its tail calls, and its return.</summary>
    Program,

    /// <summary>Maps and their memory.</summary>
    MapStore,
}
