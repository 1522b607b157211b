using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.Nt.Io;

/// <summary>Loads and unloads drivers.</summary>
internal sealed class DriverLoader(Machine machine)
{
    private readonly List<DriverObject> _drivers = [];
    private readonly List<string> _leaks = [];

    public IReadOnlyList<DriverObject> Drivers
    {
        get
        {
            lock (_drivers)
            {
                return [.. _drivers];
            }
        }
    }

    /// <summary>Loads a driver, unless one of its name, or of its image where it has one, is loaded.</summary>
    public NtStatus Load(IDriver image, string? imagePath, out DriverObject? driver)
    {
        ArgumentNullException.ThrowIfNull(image);
        driver = null;
        if (string.IsNullOrEmpty(image.Name))
        {
            return NtStatus.ObjectNameInvalid;
        }

        using KernelScope scope = machine.EnterKernel();
        DriverObject loading = new(machine, image, imagePath);
        lock (_drivers)
        {
            if (_drivers.Exists(d => IsSame(d.Name, image.Name) || (imagePath is not null && IsSame(d.ImagePath, imagePath))))
            {
                return NtStatus.ImageAlreadyLoaded;
            }

            _drivers.Add(loading);
        }

        NtStatus status = Enter(scope.Thread, image, loading);
        if (status.IsSuccess)
        {
            machine.Objects.SetLoaded(loading);
            driver = loading;
        }
        else
        {
            RemoveDevices(loading);
            Forget(loading);
        }

        Record(scope.Thread, FlightKind.DriverLoad, image.Name, status);
        KernelEventSource.Log.DriverLoad(scope.Thread.RequestId, scope.Thread.ProcessorNumber, image.Name, status.ToString());
        return status;
    }

    public NtStatus Unload(DriverObject driver, bool force)
    {
        ArgumentNullException.ThrowIfNull(driver);
        using KernelScope scope = machine.EnterKernel();
        NtStatus status = BeginUnload(driver, force);
        if (status.IsSuccess)
        {
            CallUnload(driver);
            machine.WorkQueue.Drain(scope.Thread);
            if (driver.OutstandingRequests != 0)
            {
                machine.BugCheck(BugcheckCode.DriverUnloadedWithoutCancelling, (ulong)driver.OutstandingRequests);
            }

            foreach (DeviceObject device in driver.Unload is null ? [] : driver.Devices)
            {
                lock (_leaks)
                {
                    _leaks.Add($"device '{device.Name}': not deleted by driver '{driver.Name}', {device.OpenFiles} files open");
                }
            }

            RemoveDevices(driver);
            Forget(driver);
        }

        Record(scope.Thread, FlightKind.DriverUnload, driver.Name, status);
        KernelEventSource.Log.DriverUnload(scope.Thread.RequestId, scope.Thread.ProcessorNumber, driver.Name, status.ToString());
        return status;
    }

    public bool WaitForUnload(KeThread current, string imagePath)
    {
        DriverObject? going;
        lock (_drivers)
        {
            going = _drivers.Find(d => IsSame(d.ImagePath, imagePath));
        }

        if (going is not null && !machine.Objects.IsUnloading(going))
        {
            return false;
        }

        going?.Unloaded.Wait(current, Timeout.InfiniteTimeSpan, current.Process);
        return true;
    }

    public void ReportLeaks(List<string> leaks)
    {
        lock (_leaks)
        {
            leaks.AddRange(_leaks);
        }

        leaks.AddRange(Drivers.Select(d => $"driver '{d.Name}': still loaded, {d.OutstandingRequests} requests outstanding"));
    }

    private static void Record(KeThread current, FlightKind kind, string name, NtStatus status) =>
        current.Record(kind, current.RequestId, current.Process?.Id ?? 0, 0, status.Value, FlightName.Pack(name));

    private static bool IsSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private NtStatus BeginUnload(DriverObject driver, bool force)
    {
        if (!Drivers.Contains(driver))
        {
            return NtStatus.ObjectNameNotFound;
        }

        if (driver.Unload is null && !force)
        {
            return NtStatus.InvalidDeviceRequest;
        }

        return machine.Objects.TryBeginUnload(driver, force) ? NtStatus.Success : NtStatus.InvalidDeviceState;
    }

    private NtStatus Enter(KeThread current, IDriver image, DriverObject driver)
    {
        try
        {
            return image.DriverEntry(current, driver);
        }
        catch (Exception e) when (machine.StopOnUnhandled(e))
        {
            machine.ThrowIfStopped();
            throw;
        }
    }

    private void CallUnload(DriverObject driver)
    {
        try
        {
            driver.Unload?.Invoke(driver);
        }
        catch (Exception e) when (machine.StopOnUnhandled(e))
        {
            machine.ThrowIfStopped();
        }
    }

    private void RemoveDevices(DriverObject driver)
    {
        foreach (DeviceObject device in driver.Devices)
        {
            machine.Objects.RemoveLinksTo(device.Name);
            machine.Io.DeleteDevice(device);
        }
    }

    private void Forget(DriverObject driver)
    {
        driver.IsUnloaded = true;
        lock (_drivers)
        {
            _drivers.Remove(driver);
        }

        driver.Unloaded.Set();
    }
}
