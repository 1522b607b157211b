using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Io;

/// <summary>The I/O manager: maps names to devices, turns calls into IRPs for drivers, and returns their replies.</summary>
public sealed class IoManager
{
    private readonly Machine _machine;
    private readonly DriverLoader _loader;

    internal IoManager(Machine machine)
    {
        _machine = machine;
        _loader = new DriverLoader(machine);
        Requests = new RequestManager(machine);
        DeviceControl = new DeviceControl(machine, Requests);
    }

    /// <summary>The loaded drivers, oldest first.</summary>
    public IReadOnlyList<DriverObject> Drivers => _loader.Drivers;

    internal RequestManager Requests { get; }

    internal DeviceControl DeviceControl { get; }

    /// <summary>Creates a named device: <c>IoCreateDevice</c>.</summary>
    /// <returns>Success, <see cref="NtStatus.ObjectNameCollision"/>, or <see cref="NtStatus.ObjectNameInvalid"/>.</returns>
    public NtStatus CreateDevice(DriverObject driver, string name, out DeviceObject? device)
    {
        ArgumentNullException.ThrowIfNull(driver);
        device = null;
        if (string.IsNullOrEmpty(name) || name[0] != '\\')
        {
            return NtStatus.ObjectNameInvalid;
        }

        DeviceObject created = new(driver, name);
        if (!_machine.Objects.TryAdd(created))
        {
            return NtStatus.ObjectNameCollision;
        }

        driver.AddDevice(created);
        device = created;
        KeThread? thread = _machine.ThreadInKernel();
        KernelEventSource.Log.DeviceCreate(thread?.RequestId ?? 0, thread?.ProcessorNumber ?? -1, name);
        return NtStatus.Success;
    }

    /// <summary>Deletes a device: <c>IoDeleteDevice</c>. Open file objects keep it alive until they are closed.</summary>
    public void DeleteDevice(DeviceObject device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _machine.Objects.Remove(device);
        device.Driver.RemoveDevice(device);
    }

    /// <summary>Creates a symbolic link: <c>IoCreateSymbolicLink</c>.</summary>
    /// <returns>Success, <see cref="NtStatus.ObjectNameCollision"/>, or <see cref="NtStatus.ObjectNameInvalid"/>.</returns>
    public NtStatus CreateSymbolicLink(string link, string target) => _machine.Objects.AddLink(link, target);

    /// <summary>Deletes a symbolic link: <c>IoDeleteSymbolicLink</c>.</summary>
    /// <returns>Success, <see cref="NtStatus.ObjectNameNotFound"/>, or <see cref="NtStatus.ObjectNameInvalid"/>.</returns>
    public NtStatus DeleteSymbolicLink(string link) => _machine.Objects.RemoveLink(link);

    /// <summary>
    /// Creates a file object on a device without a create request, for drivers whose own objects are reached through handles. The caller
    /// owns the only reference. The driver gets IRP_MJ_CLEANUP and IRP_MJ_CLOSE for it as for any other file object.
    /// </summary>
    public FileObject CreateFileObject(DeviceObject device, object? context)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.Driver.Machine != _machine)
        {
            throw new ArgumentException($"Device '{device.Name}' belongs to another machine.", nameof(device));
        }

        device.AddFile();
        return new FileObject(device, CreateFileOptions.None) { FsContext = context, IsOpen = true };
    }

    /// <summary>
    /// Completes a request: <c>IoCompleteRequest</c>. At or below DISPATCH_LEVEL; the driver may not touch the request afterwards.
    /// </summary>
    /// <param name="current">The thread that completes the request.</param>
    /// <param name="irp">The request; the driver must own it.</param>
    /// <param name="status">The final status. Unless it is an error, the reply is copied to the caller.</param>
    /// <param name="information">Size of the reply in bytes. More than the caller has room for, unless the status is an error: bugcheck.</param>
    public void CompleteRequest(KeThread current, Irp irp, NtStatus status, ulong information)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(irp);
        Requests.Complete(current, irp, status, information);
    }

    /// <summary>Opens a device by name for a process. On success the caller owns the file object's only reference.</summary>
    internal NtStatus OpenFile(KeThread current, PsProcess process, string name, CreateFileOptions options, out FileObject? file)
    {
        file = null;
        if ((options & ~CreateFileOptions.SynchronousIo) != 0)
        {
            return NtStatus.InvalidParameter;
        }

        NtStatus status = _machine.Objects.OpenDevice(name, out DeviceObject? device);
        if (!status.IsSuccess)
        {
            return status;
        }

        if (device!.AdministratorsOnly && !process.Token.IsAdministrator)
        {
            device.RemoveFile();
            return NtStatus.AccessDenied;
        }

        FileObject opened = new(device, options);
        Irp irp = Requests.Take(current, IrpMajorFunction.Create, opened, process, current.RequestId);
        status = Requests.Send(current, irp, wait: true);
        Requests.GiveBack(current, irp);
        if (status.IsSuccess)
        {
            opened.IsOpen = true;
            file = opened;
        }
        else
        {
            opened.Dereference();
        }

        return status;
    }

    /// <summary>Sends a cleanup or close request of the I/O manager's own at PASSIVE_LEVEL: now, or from a work item.</summary>
    internal void SendOwn(IrpMajorFunction function, FileObject file)
    {
        if (_machine.IsStopped)
        {
            return;
        }

        if (_machine.ThreadInKernel() is { } thread && (thread.Irql > Irql.Passive || thread.ItemsInPlace > 0))
        {
            if (function == IrpMajorFunction.Cleanup)
            {
                file.Reference();
            }

            new ExWorkItem(_machine, current => SendOwn(current, function, file, deferred: true)).Queue(thread);
            return;
        }

        using KernelScope scope = _machine.EnterKernel();
        SendOwn(scope.Thread, function, file, deferred: false);
    }

    internal NtStatus LoadDriver(IDriver driver, string? imagePath, out DriverObject? driverObject) =>
        _loader.Load(driver, imagePath, out driverObject);

    internal bool WaitForUnload(KeThread current, string imagePath) => _loader.WaitForUnload(current, imagePath);

    internal NtStatus UnloadDriver(DriverObject driver, bool force) => _loader.Unload(driver, force);

    internal IReadOnlyList<DriverObject> DriversNewestFirst() => [.. _loader.Drivers.Reverse()];

    internal void ReportLeaks(List<string> leaks) => _loader.ReportLeaks(leaks);

    private void SendOwn(KeThread current, IrpMajorFunction function, FileObject file, bool deferred)
    {
        if (function == IrpMajorFunction.Close && file.LacksCleanup)
        {
            Irp cleanup = Requests.Take(current, IrpMajorFunction.Cleanup, file, null, current.RequestId);
            Requests.Send(current, cleanup, wait: true);
            Requests.GiveBack(current, cleanup);
        }

        Irp irp = Requests.Take(current, function, file, null, current.RequestId);
        Requests.Send(current, irp, wait: true);
        Requests.GiveBack(current, irp);
        if (function == IrpMajorFunction.Close)
        {
            file.Device.RemoveFile();
        }
        else if (deferred)
        {
            file.Dereference();
        }
    }
}
