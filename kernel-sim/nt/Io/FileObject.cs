using KernelSim.Nt.Ob;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Io;

/// <summary>An open device, FILE_OBJECT.</summary>
/// <remarks>
/// When its last handle is closed, or when it goes without ever having had one, the driver gets IRP_MJ_CLEANUP; when its last reference goes IRP_MJ_CLOSE; both at PASSIVE_LEVEL: a last
/// reference dropped above that leaves IRP_MJ_CLOSE to a work item.
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

    /// <summary>How it waits.</summary>
    public CreateFileOptions Options { get; }

    /// <summary>What the driver hangs on it, FsContext; set before anybody else can see the file object.</summary>
    public object? FsContext { get; set; }

    /// <summary>True while the driver knows of it: from the moment its create request succeeded.</summary>
    internal bool IsOpen { get; set; }

    /// <summary>True from the moment its last reference went: requests no longer take one.</summary>
    internal bool IsGoing { get; private set; }

    /// <summary>Whether the driver has yet to be told that no handles are left, as it is once before it is told to close.</summary>
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
