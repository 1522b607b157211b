using KernelSim.Debugger.InProcess;
using KernelSim.Debugger.Structures;
using KernelSim.Nt;

namespace KernelSim.Debugger.Tests;

/// <summary>The machines of this process, as the debugger finds them.</summary>
internal static class LocalMachines
{
    /// <summary>The number that a machine has for the debugger.</summary>
    public static uint NumberOf(InProcessTarget target, Machine machine) =>
        (uint)MachineDirectory.Find(target).Single(m => m.Object.Address == target.NumberOf(machine)).Number;
}
