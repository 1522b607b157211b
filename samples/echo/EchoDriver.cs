using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Samples.Echo;

/// <summary>
/// A small but complete driver: a device and its link, requests that complete at once, pending requests that can be cancelled, cleanup,
/// unload. A starting point for a driver of your own.
/// </summary>
public sealed class EchoDriver : IDriver
{
    private readonly PendingRequests _pending = new();

    /// <inheritdoc/>
    public string Name => "Echo";

    /// <summary>Number of requests that wait for <see cref="EchoDevice.Release"/> or cancellation.</summary>
    public int WaitingRequests => _pending.Count;

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        IoManager io = driver.Machine.Io;
        NtStatus status = io.CreateDevice(driver, EchoDevice.DeviceName, out DeviceObject? device);
        if (!status.IsSuccess)
        {
            return status;
        }

        status = io.CreateSymbolicLink(EchoDevice.SymbolicLink, EchoDevice.DeviceName);
        if (!status.IsSuccess)
        {
            io.DeleteDevice(device!);
            return status;
        }

        driver.SetMajorFunction(IrpMajorFunction.DeviceControl, DeviceControl);
        driver.SetMajorFunction(IrpMajorFunction.Cleanup, Cleanup);
        driver.Unload = unloading =>
        {
            io.DeleteSymbolicLink(EchoDevice.SymbolicLink);
            io.DeleteDevice(device!);
        };
        return NtStatus.Success;
    }

    private NtStatus DeviceControl(KeThread current, DeviceObject device, Irp irp)
    {
        if (irp.ControlCode == EchoDevice.Release)
        {
            _pending.CompleteAll(current);
            return Complete(current, irp, NtStatus.Success, 0);
        }

        if (irp.ControlCode != EchoDevice.Echo && irp.ControlCode != EchoDevice.EchoLater)
        {
            return Complete(current, irp, NtStatus.InvalidDeviceRequest, 0);
        }

        if (irp.InputLength < EchoDevice.MinRequestBytes)
        {
            return Complete(current, irp, NtStatus.InvalidParameter, 0);
        }

        if (irp.OutputLength < irp.InputLength)
        {
            return Complete(current, irp, NtStatus.BufferTooSmall, 0);
        }

        // Request and reply share the system buffer: the reply is already there.
        return irp.ControlCode == EchoDevice.Echo
            ? Complete(current, irp, NtStatus.Success, irp.InputLength)
            : _pending.Add(current, irp);
    }

    private NtStatus Cleanup(KeThread current, DeviceObject device, Irp irp)
    {
        _pending.CancelAll(current, irp.FileObject);
        return Complete(current, irp, NtStatus.Success, 0);
    }

    private static NtStatus Complete(KeThread current, Irp irp, NtStatus status, ulong information)
    {
        current.Machine.Io.CompleteRequest(current, irp, status, information);
        return status;
    }
}
