namespace KernelSim.Nt.Io;

/// <summary>A device, DEVICE_OBJECT.</summary>
public sealed class DeviceObject
{
    private int _openFiles;

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

    /// <summary>
    /// True: only administrators may open it, everybody else gets STATUS_ACCESS_DENIED. Stands for the security descriptor
    /// (SDDL) that a driver gives its device.
    /// </summary>
    public bool AdministratorsOnly { get; set; }

    /// <summary>Names what a control request asks for in traces; null: the control code is the name.</summary>
    public RequestDescriber? DescribeRequest { get; set; }

    /// <summary>File objects that are open on it.</summary>
    public int OpenFiles => Volatile.Read(ref _openFiles);

    internal void AddFile()
    {
        Interlocked.Increment(ref _openFiles);
        Driver.FileOpened();
    }

    internal void RemoveFile()
    {
        Interlocked.Decrement(ref _openFiles);
        Driver.FileClosed();
    }
}
