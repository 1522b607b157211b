using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Io;

/// <summary>A loaded driver, DRIVER_OBJECT.</summary>
public sealed class DriverObject
{
    private const int MajorFunctions = 0x1C; // IRP_MJ_MAXIMUM_FUNCTION + 1

    private readonly DriverDispatch[] _dispatch = new DriverDispatch[MajorFunctions];
    private readonly List<DeviceObject> _devices = [];
    private readonly ThreadCounter _outstandingRequests = new();
    private int _openFiles;

    internal DriverObject(Machine machine, IDriver image, string? imagePath)
    {
        Machine = machine;
        Name = image.Name;
        Assembly = image.GetType().Assembly.GetName().Name ?? "";
        ImagePath = imagePath;
        Unloaded = new KEvent(machine, manualReset: true);
        Array.Fill(_dispatch, InvalidRequest);
        SetMajorFunction(IrpMajorFunction.Create, Succeed);
        SetMajorFunction(IrpMajorFunction.Cleanup, Succeed);
        SetMajorFunction(IrpMajorFunction.Close, Succeed);
    }

    /// <summary>The machine that the driver is loaded on.</summary>
    public Machine Machine { get; }

    /// <summary>Name of the driver's service.</summary>
    public string Name { get; }

    /// <summary>The simple name of the assembly that has the driver's code, by which a debugger knows what is the driver's.</summary>
    internal string Assembly { get; }

    /// <summary>Path of the image that the driver was loaded from; null if it was not loaded from a file.</summary>
    public string? ImagePath { get; }

    /// <summary>The unload routine, which deletes the driver's devices and links; null: the driver cannot be unloaded.</summary>
    public Action<DriverObject>? Unload { get; set; }

    /// <summary>The ranks of the driver's locks, which the report of a violation of the lock order names.</summary>
    public IReadOnlyList<LockRank> LockRanks { get; set; } = [];

    /// <summary>Devices that the driver has created.</summary>
    public IReadOnlyList<DeviceObject> Devices
    {
        get
        {
            lock (_devices)
            {
                return [.. _devices];
            }
        }
    }

    /// <summary>Number of requests that the driver holds and has not completed.</summary>
    public int OutstandingRequests => (int)_outstandingRequests.Sum;

    /// <summary>Number of open file objects on its devices, including deleted ones.</summary>
    public int OpenFiles => Volatile.Read(ref _openFiles);

    /// <summary>The driver's state. Guarded by the namespace's lock: opening and unloading decide under it.</summary>
    internal DriverState State { get; set; }

    /// <summary>Set once the driver has been unloaded and its image can be loaded again.</summary>
    internal KEvent Unloaded { get; }

    /// <summary>True once the driver has been unloaded: it gets no more requests.</summary>
    internal bool IsUnloaded { get; set; }

    /// <summary>
    /// Sets the dispatch routine of a major function. Create, cleanup and close succeed by default; everything else fails with
    /// STATUS_INVALID_DEVICE_REQUEST.
    /// </summary>
    public void SetMajorFunction(IrpMajorFunction function, DriverDispatch dispatch)
    {
        ArgumentNullException.ThrowIfNull(dispatch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((int)function, MajorFunctions, nameof(function));
        _dispatch[(int)function] = dispatch;
    }

    /// <summary>
    /// The dispatch routine of a major function: what a filter reads before it sets its own, which then calls the other one.
    /// </summary>
    public DriverDispatch GetMajorFunction(IrpMajorFunction function)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((int)function, MajorFunctions, nameof(function));
        return _dispatch[(int)function];
    }

    internal void AddDevice(DeviceObject device)
    {
        lock (_devices)
        {
            _devices.Add(device);
        }
    }

    internal void RemoveDevice(DeviceObject device)
    {
        lock (_devices)
        {
            _devices.Remove(device);
        }
    }

    internal void FileOpened() => Interlocked.Increment(ref _openFiles);

    internal void FileClosed() => Interlocked.Decrement(ref _openFiles);

    internal void RequestSent(KeThread current) => _outstandingRequests.Add(current, 1);

    internal void RequestCompleted(KeThread current) => _outstandingRequests.Add(current, -1);

    internal NtStatus Dispatch(KeThread current, DeviceObject device, Irp irp) =>
        _dispatch[(int)irp.MajorFunction](current, device, irp);

    private static NtStatus Succeed(KeThread current, DeviceObject device, Irp irp)
    {
        device.Driver.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, 0);
        return NtStatus.Success;
    }

    private static NtStatus InvalidRequest(KeThread current, DeviceObject device, Irp irp)
    {
        device.Driver.Machine.Io.CompleteRequest(current, irp, NtStatus.InvalidDeviceRequest, 0);
        return NtStatus.InvalidDeviceRequest;
    }
}
