using KernelSim.LabScripts.Output;
using KernelSim.Nt;

namespace KernelSim.LabScripts.Machines;

/// <summary>The end of a machine.</summary>
internal static class MachineEnd
{
    /// <summary>Shuts a machine down.</summary>
    /// <param name="machine">The machine. No thread may be in its kernel.</param>
    /// <param name="drivers">The user's drivers; null if there are none.</param>
    /// <returns>Why it stopped, or what was still outstanding; null after a healthy run.</returns>
    public static Failure? Of(Machine machine, IHostDrivers? drivers)
    {
        IReadOnlyList<string> leaks = machine.Shutdown().Leaks;
        return machine.StopRecord is { } stop ? Failure.MachineStopped(new BugcheckException(stop))
            : leaks.Count == 0 ? null
            : Failure.Leaks(drivers?.NameOwners(machine, leaks) ?? leaks);
    }
}
