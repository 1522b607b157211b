using KernelSim.Nt.Ob;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Io;

/// <summary>An open device, FILE_OBJECT.</summary>
/// <remarks>
/// The driver gets IRP_MJ_CLEANUP when the last handle is closed, or when the object is freed without ever having had one, and IRP_MJ_CLOSE when the
/// last reference is dropped; both at PASSIVE_LEVEL: if the last reference is dropped above that, a work item sends IRP_MJ_CLOSE.
/// </remarks>
public sealed class FileObject : ObObject
{
    private bool _cleanedUp;

    internal FileObject(DeviceObject device, CreateFileOptions options)
        : base(device.Driver.Machine, "File")
    {
        Device = device;
        Options = options;
    }

    /// <summary>The device that it was opened on.</summary>
    public DeviceObject Device { get; }

    /// <summary>Whether the file object is synchronous.</summary>
    public CreateFileOptions Options { get; }

    /// <summary>The driver's own state, FsContext; set before any other thread can see the file object.</summary>
    public object? FsContext { get; set; }

    /// <summary>True while the driver knows of it: from the success of its create request.</summary>
    internal bool IsOpen { get; set; }

    /// <summary>True once its last reference has been dropped: requests no longer take one.</summary>
    internal bool IsGoing { get; private set; }

    /// <summary>Whether the driver has not yet been sent IRP_MJ_CLEANUP, which it gets once, before IRP_MJ_CLOSE.</summary>
    internal bool LacksCleanup => !_cleanedUp;

    /// <inheritdoc/>
    protected internal override void HandleClosed(long remainingHandles)
    {
        if (remainingHandles == 0 && IsOpen)
        {
            _cleanedUp = true;
            Machine.Io.SendOwn(IrpMajorFunction.Cleanup, this);
        }
    }

    /// <inheritdoc/>
    protected override void Destroy()
    {
        IsGoing = true;
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
