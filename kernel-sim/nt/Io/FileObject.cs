using KernelSim.Nt.Ob;

namespace KernelSim.Nt.Io;

/// <summary>An open device, FILE_OBJECT.</summary>
public sealed class FileObject : ObObject
{
    internal FileObject(DeviceObject device)
        : base(device.Driver.Machine, "File")
    {
        Device = device;
    }

    /// <summary>The device that it was opened on.</summary>
    public DeviceObject Device { get; }

    /// <summary>What the driver hangs on it, FsContext; set before anybody else can see the file object.</summary>
    public object? FsContext { get; set; }

    /// <inheritdoc/>
    protected override void Destroy() => throw null!;
}
