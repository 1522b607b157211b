namespace KernelSim.Nt.Io;

/// <summary>A loaded driver, DRIVER_OBJECT.</summary>
public sealed class DriverObject
{
    internal DriverObject(Machine machine, string name)
    {
        Machine = machine;
        Name = name;
    }

    /// <summary>The machine.</summary>
    public Machine Machine { get; }

    /// <summary>The service name.</summary>
    public string Name { get; }

    /// <summary>Called before the driver goes; null: it cannot be unloaded. Deletes devices and links.</summary>
    public Action<DriverObject>? Unload { get; set; }

    /// <summary>Devices that the driver has created.</summary>
    public IReadOnlyList<DeviceObject> Devices => throw null!;

    /// <summary>
    /// Sets the dispatch routine of a major function. Create, cleanup and close succeed by default; everything else answers
    /// STATUS_INVALID_DEVICE_REQUEST.
    /// </summary>
    public void SetMajorFunction(IrpMajorFunction function, DriverDispatch dispatch) => throw null!;
}
