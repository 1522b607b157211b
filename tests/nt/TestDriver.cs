using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Tests;

/// <summary>A driver made of the routines that a test gives it, with one device.</summary>
internal sealed class TestDriver : IDriver
{
    public const string DeviceName = @"\Device\Test";

    public static readonly IoControlCode Code = new(0x8000, 0x900, IoMethod.Buffered, access: 0);

    public string Name { get; init; } = "Test";

    public DriverDispatch? Create { get; init; }

    public DriverDispatch? DeviceControl { get; init; }

    public DriverDispatch? Cleanup { get; init; }

    public DriverDispatch? Close { get; init; }

    public NtStatus EntryStatus { get; init; } = NtStatus.Success;

    public bool AdministratorsOnly { get; init; }

    public bool CanUnload { get; init; } = true;

    public bool DeletesDevice { get; init; } = true;

    public DeviceObject? Device { get; private set; }

    public int Unloads { get; private set; }

    /// <summary>Completes a request and returns its status.</summary>
    public static NtStatus Complete(KeThread current, Irp irp, NtStatus status, ulong information = 0)
    {
        current.Machine.Io.CompleteRequest(current, irp, status, information);
        return status;
    }

    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        NtStatus status = driver.Machine.Io.CreateDevice(driver, DeviceName, out DeviceObject? device);
        if (!status.IsSuccess)
        {
            return status;
        }

        Device = device!;
        Device.AdministratorsOnly = AdministratorsOnly;
        driver.Machine.Io.CreateSymbolicLink(@"\GLOBAL??\Test", DeviceName);
        Set(driver, IrpMajorFunction.Create, Create);
        Set(driver, IrpMajorFunction.DeviceControl, DeviceControl);
        Set(driver, IrpMajorFunction.Cleanup, Cleanup);
        Set(driver, IrpMajorFunction.Close, Close);
        driver.Unload = CanUnload ? Unload : null;
        return EntryStatus;
    }

    private static void Set(DriverObject driver, IrpMajorFunction function, DriverDispatch? dispatch)
    {
        if (dispatch is not null)
        {
            driver.SetMajorFunction(function, dispatch);
        }
    }

    private void Unload(DriverObject driver)
    {
        Unloads++;
        driver.Machine.Io.DeleteSymbolicLink(@"\GLOBAL??\Test");
        if (DeletesDevice)
        {
            driver.Machine.Io.DeleteDevice(Device!);
        }
    }
}
