using System.Text;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Debugger.Tests;

/// <summary>A driver that is in its dispatch routine until it is told to return.</summary>
internal sealed class BusyDriver : IDriver, IDisposable
{
    private const string DeviceName = @"\Device\Busy";
    private const string LinkName = @"\GLOBAL??\Busy";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly ManualResetEventSlim _isBusy = new();
    private readonly ManualResetEventSlim _mayReturn = new();

    public string Name => "Busy";

    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        NtStatus status = driver.Machine.Io.CreateDevice(driver, DeviceName, out DeviceObject? device);
        if (status.IsSuccess)
        {
            driver.Machine.Io.CreateSymbolicLink(LinkName, DeviceName);
            driver.SetMajorFunction(IrpMajorFunction.DeviceControl, Work);
            driver.Unload = d =>
            {
                d.Machine.Io.DeleteSymbolicLink(LinkName);
                d.Machine.Io.DeleteDevice(device!);
            };
        }

        return status;
    }

    /// <summary>Sends request 7 of a process.</summary>
    public static void Send(PsProcess process)
    {
        byte[] name = Encoding.Unicode.GetBytes(@"\\.\Busy");
        UserRange path = new(process.Put(name), (uint)name.Length);
        Assert.Equal(NtStatus.Success, process.Gate.NtCreateFile(0, path, CreateFileOptions.None, out NtHandle file));
        Assert.Equal(NtStatus.Success, process.Gate.NtDeviceIoControlFile(
            7, file, NtHandle.Invalid, process.Memory.Allocate(16), WaitingDriver.Code, default, default));
    }

    public void WaitUntilBusy() => Assert.True(_isBusy.Wait(s_limit));

    public void Release() => _mayReturn.Set();

    public void Dispose()
    {
        _isBusy.Dispose();
        _mayReturn.Dispose();
    }

    private NtStatus Work(KeThread current, DeviceObject device, Irp irp)
    {
        _isBusy.Set();
        NtStatus status = _mayReturn.Wait(s_limit) ? NtStatus.Success : NtStatus.Cancelled;
        current.Machine.Io.CompleteRequest(current, irp, status, 0);
        return status;
    }
}
