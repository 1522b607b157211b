using KernelSim.Nt.Ob;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Io;

/// <summary>An open device, FILE_OBJECT.</summary>
/// <remarks>
/// When its last handle is closed the driver gets IRP_MJ_CLEANUP, when its last reference goes IRP_MJ_CLOSE; both at PASSIVE_LEVEL: a last
/// reference dropped above that leaves IRP_MJ_CLOSE to a work item.
/// </remarks>
public sealed class FileObject : ObObject
{
    internal FileObject(DeviceObject device, CreateFileOptions options)
        : base(device.Driver.Machine, "File")
    {
        Device = device;
        Options = options;
    }

    /// <summary>The device that it was opened on.</summary>
    public DeviceObject Device { get; }

    /// <summary>How it waits.</summary>
    public CreateFileOptions Options { get; }

    /// <summary>What the driver hangs on it, FsContext; set before anybody else can see the file object.</summary>
    public object? FsContext { get; set; }

    /// <summary>True while the driver knows of it: from the moment its create request succeeded.</summary>
    internal bool IsOpen { get; set; }

    /// <inheritdoc/>
    protected internal override void HandleClosed(long remainingHandles)
    {
        if (remainingHandles == 0 && IsOpen)
        {
            Machine.Io.SendOwn(IrpMajorFunction.Cleanup, this);
        }
    }

    /// <inheritdoc/>
    protected override void Destroy()
    {
        if (IsOpen)
        {
            Machine.Io.SendOwn(IrpMajorFunction.Close, this);
        }
        else
        {
            Device.RemoveFile();
        }
    }
}
