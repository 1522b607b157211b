using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>The student's driver with a filter before its control requests.</summary>
/// <param name="student">What the student wrote; create, cleanup and close requests reach it directly.</param>
/// <param name="beforeDispatch">Called before each control request.</param>
/// <param name="afterUnload">Called when the unload routine has returned.</param>
internal sealed class FilteredDriver(IDriver student, Action beforeDispatch, Action afterUnload) : IDriver
{
    /// <inheritdoc/>
    public string Name => student.Name;

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        NtStatus status = student.DriverEntry(current, driver);
        if (status.IsSuccess)
        {
            DriverDispatch dispatch = driver.GetMajorFunction(IrpMajorFunction.DeviceControl);
            driver.SetMajorFunction(IrpMajorFunction.DeviceControl, (thread, device, irp) =>
            {
                beforeDispatch();
                return dispatch(thread, device, irp);
            });
            if (driver.Unload is { } unload)
            {
                driver.Unload = d =>
                {
                    unload(d);
                    afterUnload();
                };
            }
        }

        return status;
    }
}
