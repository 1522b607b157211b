using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace SampleNamespace;

/// <summary>A driver that keeps a total: one request adds to it, another waits until it changes.</summary>
public sealed unsafe class TotalDriver : IDriver
{
    private readonly WaitingRequests _waiting = new();
    private ulong _total;

    /// <inheritdoc/>
    public string Name => "Total";

    /// <summary>Creates the device and the name that programs open. A step that fails undoes the steps before it.</summary>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        IoManager io = driver.Machine.Io;
        NtStatus status = io.CreateDevice(driver, TotalDevice.DeviceName, out DeviceObject? device);
        if (!status.IsSuccess)
        {
            return status;
        }

        status = io.CreateSymbolicLink(TotalDevice.SymbolicLink, TotalDevice.DeviceName);
        if (!status.IsSuccess)
        {
            io.DeleteDevice(device!);
            return status;
        }

        driver.SetMajorFunction(IrpMajorFunction.DeviceControl, DeviceControl);
        driver.SetMajorFunction(IrpMajorFunction.Cleanup, Cleanup);
        driver.Unload = _ =>
        {
            io.DeleteSymbolicLink(TotalDevice.SymbolicLink);
            io.DeleteDevice(device!);
        };
        return NtStatus.Success;
    }

    private NtStatus DeviceControl(KeThread current, DeviceObject device, Irp irp)
    {
        if (irp.ControlCode != TotalDevice.Add && irp.ControlCode != TotalDevice.WaitForChange)
        {
            return Complete(current, irp, NtStatus.InvalidDeviceRequest, 0);
        }

        // Never trust a length: the bytes come from a program.
        if (irp.OutputLength < TotalDevice.NumberBytes)
        {
            return Complete(current, irp, NtStatus.BufferTooSmall, 0);
        }

        return irp.ControlCode == TotalDevice.Add ? Add(current, irp) : _waiting.Add(current, irp);
    }

    private NtStatus Add(KeThread current, Irp irp)
    {
        if (irp.InputLength != TotalDevice.NumberBytes)
        {
            return Complete(current, irp, NtStatus.InvalidParameter, 0);
        }

        // Request and reply share the system buffer.
        ulong* number = (ulong*)irp.SystemBuffer;
        ulong total = Interlocked.Add(ref _total, *number);
        *number = total;
        NtStatus status = Complete(current, irp, NtStatus.Success, TotalDevice.NumberBytes);
        _waiting.CompleteAll(current, total);
        return status;
    }

    /// <summary>The last handle of a file is closed: nobody waits for its requests any more.</summary>
    private NtStatus Cleanup(KeThread current, DeviceObject device, Irp irp)
    {
        _waiting.CancelAll(current, irp.FileObject);
        return Complete(current, irp, NtStatus.Success, 0);
    }

    /// <summary>Completes a request. It belongs to the driver no longer: return this status, and do not touch the request again.</summary>
    private static NtStatus Complete(KeThread current, Irp irp, NtStatus status, ulong information)
    {
        current.Machine.Io.CompleteRequest(current, irp, status, information);
        return status;
    }
}
