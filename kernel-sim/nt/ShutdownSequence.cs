using KernelSim.Nt.Ex;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;

namespace KernelSim.Nt;

/// <summary>The steps of a shutdown, up to its report.</summary>
internal static class ShutdownSequence
{
    /// <summary>Ends processes, unloads drivers newest first and those of services last, then lists what is left.</summary>
    public static IReadOnlyList<string> Run(Machine machine)
    {
        if (!machine.IsStopped)
        {
            try
            {
                Wind(machine);
            }
            catch (BugcheckException)
            {
                // Recorded as the first line of the report.
            }
        }

        List<string> leaks = [];
        if (machine.StopRecord is { } stop)
        {
            leaks.Add($"bugcheck 0x{(uint)stop.Code:X} {stop.Code}: the machine stopped before it could shut down");
        }

        machine.WorkQueue.ReportLeaks(leaks);
        machine.Io.ReportLeaks(leaks);
        machine.Nmr.ReportLeaks(leaks);
        machine.Objects.ReportLeaks(leaks);
        machine.Lookasides.ReportLeaks(leaks);
        machine.Pool.ReportLeaks(leaks);
        return leaks;
    }

    private static void Wind(Machine machine)
    {
        foreach (PsProcess process in machine.Processes.All)
        {
            process.Terminate(PsProcess.ShutdownStatus);
        }

        using (KernelScope scope = machine.EnterKernel())
        {
            machine.FlushDpcs(scope.Thread);
            machine.WorkQueue.Drain(scope.Thread);
        }

        // A driver that was started as a service serves another driver, which stops it when it no longer needs it: so it is unloaded after that one,
        // if it is still loaded.
        using KernelScope unloading = machine.EnterKernel();
        foreach (DriverObject driver in machine.Io.DriversNewestFirst().OrderBy(machine.Services.HasStarted))
        {
            // A driver that waits for another does not hold up the rest.
            ExWorkItem unload = new(machine, _ => machine.Io.UnloadDriver(driver, force: true)) { Name = $"unload of driver '{driver.Name}'" };
            unload.Queue(unloading.Thread);
            machine.WorkQueue.Drain(unloading.Thread);
        }

        machine.WorkQueue.Settle(unloading.Thread);
    }
}
