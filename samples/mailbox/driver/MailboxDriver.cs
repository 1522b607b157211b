using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Samples.Mailbox.Driver;

/// <summary>
/// A mailbox: one request posts a letter, another waits for one. The driver that <c>docs/writing-a-driver.md</c> builds.
/// </summary>
public sealed unsafe class MailboxDriver : IDriver
{
    /// <inheritdoc/>
    public string Name => "Mailbox";

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        IoManager io = driver.Machine.Io;
        NtStatus status = io.CreateDevice(driver, MailboxDevice.DeviceName, out DeviceObject? device);
        if (!status.IsSuccess)
        {
            return status;
        }

        status = io.CreateSymbolicLink(MailboxDevice.SymbolicLink, MailboxDevice.DeviceName);
        if (!status.IsSuccess)
        {
            io.DeleteDevice(device!);
            return status;
        }

        device!.Extension = new MailQueue(driver.Machine);
        device.DescribeRequest = Describe;
        driver.SetMajorFunction(IrpMajorFunction.DeviceControl, DeviceControl);
        driver.SetMajorFunction(IrpMajorFunction.Cleanup, Cleanup);
        driver.Unload = Unload;
        return NtStatus.Success;
    }

    private static void Unload(DriverObject driver)
    {
        DeviceObject device = driver.Devices[0];
        driver.Machine.Io.DeleteSymbolicLink(MailboxDevice.SymbolicLink);
        Queue(device).Dispose(KeThread.Current);
        driver.Machine.Io.DeleteDevice(device);
    }

    private static NtStatus DeviceControl(KeThread current, DeviceObject device, Irp irp)
    {
        if (irp.ControlCode == MailboxDevice.Post)
        {
            return Post(current, device, irp);
        }

        return irp.ControlCode == MailboxDevice.Receive
            ? Receive(current, device, irp)
            : Complete(current, irp, NtStatus.InvalidDeviceRequest, 0);
    }

    private static NtStatus Post(KeThread current, DeviceObject device, Irp irp)
    {
        if (irp.InputLength is 0 or > MailboxDevice.MaxLetterBytes)
        {
            return Complete(current, irp, NtStatus.InvalidParameter, 0);
        }

        ReadOnlySpan<byte> letter = new(irp.SystemBuffer, (int)irp.InputLength);
        return Complete(current, irp, Queue(device).Post(current, letter), 0);
    }

    private static NtStatus Receive(KeThread current, DeviceObject device, Irp irp)
    {
        if (irp.InputLength != sizeof(uint))
        {
            return Complete(current, irp, NtStatus.InvalidParameter, 0);
        }

        if (irp.OutputLength < MailboxDevice.MaxLetterBytes)
        {
            return Complete(current, irp, NtStatus.BufferTooSmall, 0);
        }

        uint milliseconds = *(uint*)irp.SystemBuffer;
        return Queue(device).Receive(current, irp, TimeSpan.FromMilliseconds(milliseconds));
    }

    /// <summary>The last handle of a file object is closed: there is no one left to receive the results of its requests.</summary>
    private static NtStatus Cleanup(KeThread current, DeviceObject device, Irp irp)
    {
        Queue(device).CancelAll(current, irp.FileObject);
        return Complete(current, irp, NtStatus.Success, 0);
    }

    private static NtStatus Complete(KeThread current, Irp irp, NtStatus status, ulong information)
    {
        current.Machine.Io.CompleteRequest(current, irp, status, information);
        return status;
    }

    private static MailQueue Queue(DeviceObject device) => (MailQueue)device.Extension!;

    private static string? Describe(IoControlCode code, ReadOnlySpan<byte> request) =>
        code == MailboxDevice.Post ? "Post" : code == MailboxDevice.Receive ? "Receive" : null;
}
