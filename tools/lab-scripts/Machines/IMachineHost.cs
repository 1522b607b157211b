using KernelSim.LabScripts.Output;
using KernelSim.Nt;

namespace KernelSim.LabScripts.Machines;

/// <summary>What the host of a machine adds to it. A machine without a host has KernelSim's own drivers and modules only.</summary>
internal interface IMachineHost
{
    /// <summary>Creates the user's drivers; no machine has them yet.</summary>
    /// <param name="drivers">The drivers, for one machine.</param>
    /// <returns>Why they cannot be created; otherwise null.</returns>
    Failure? ReadDrivers(out IHostDrivers? drivers);

    /// <summary>Is told of a machine that has booted, before it has a driver.</summary>
    void Watch(Machine machine);
}
