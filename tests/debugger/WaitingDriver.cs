using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Tests;

/// <summary>A driver that keeps every control request until it is cancelled.</summary>
internal sealed class WaitingDriver : IDriver
{
    public const string DeviceName = @"\Device\Waiting";
    public const string LinkName = @"\GLOBAL??\Waiting";

    public static readonly IoControlCode Code = new(0x8000, 0x901, IoMethod.Buffered, access: 0);

    public string Name => "Waiting";

    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        NtStatus status = driver.Machine.Io.CreateDevice(driver, DeviceName, out DeviceObject? device);
        if (status.IsSuccess)
        {
            driver.Machine.Io.CreateSymbolicLink(LinkName, DeviceName);
            driver.SetMajorFunction(IrpMajorFunction.DeviceControl, Keep);
            driver.Unload = d =>
            {
                d.Machine.Io.DeleteSymbolicLink(LinkName);
                d.Machine.Io.DeleteDevice(device!);
            };
        }

        return status;
    }

    private static NtStatus Keep(KeThread current, DeviceObject device, Irp irp)
    {
        irp.SetCancelRoutine(Cancelled);
        irp.MarkPending();
        return NtStatus.Pending;
    }

    private static void Cancelled(KeThread current, Irp irp) => current.Machine.Io.CompleteRequest(current, irp, NtStatus.Cancelled, 0);
}
