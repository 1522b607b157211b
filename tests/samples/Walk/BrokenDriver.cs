using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Samples.Mailbox;

namespace KernelSim.Samples.Tests.Walk;

/// <summary>The mailbox's device with somebody else's dispatch routine: what the walk's mistakes are made in.</summary>
internal sealed class BrokenDriver(DriverDispatch deviceControl) : IDriver
{
    public string Name => "Mailbox";

    /// <summary>Whether it cleans up after itself when it goes.</summary>
    public bool DeletesDevice { get; init; } = true;

    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        IoManager io = driver.Machine.Io;
        io.CreateDevice(driver, MailboxDevice.DeviceName, out DeviceObject? device);
        io.CreateSymbolicLink(MailboxDevice.SymbolicLink, MailboxDevice.DeviceName);
        driver.SetMajorFunction(IrpMajorFunction.DeviceControl, deviceControl);
        driver.Unload = unloading =>
        {
            if (DeletesDevice)
            {
                io.DeleteSymbolicLink(MailboxDevice.SymbolicLink);
                io.DeleteDevice(device!);
            }
        };
        return NtStatus.Success;
    }
}
