namespace KernelSim.Nt.Io;

/// <summary>A device, DEVICE_OBJECT.</summary>
public sealed class DeviceObject
{
    internal DeviceObject(DriverObject driver, string name)
    {
        Driver = driver;
        Name = name;
    }

    /// <summary>Whose it is.</summary>
    public DriverObject Driver { get; }

    /// <summary>Its name, such as <c>\Device\EbpfIoDevice</c>.</summary>
    public string Name { get; }

    /// <summary>The driver's own state, the device extension.</summary>
    public object? Extension { get; set; }
}
