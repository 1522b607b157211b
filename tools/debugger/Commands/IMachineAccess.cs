using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Commands;

/// <summary>For commands: the machines of the target, and the one that commands are about.</summary>
internal interface IMachineAccess
{
    /// <summary>All machines, in the order in which they booted.</summary>
    IReadOnlyList<MachineView> All { get; }

    /// <summary>The machine that commands are about: the first, unless another was chosen.</summary>
    /// <exception cref="Targets.TargetReadException">The target has no machine, or one of another version.</exception>
    MachineView Current { get; }

    /// <summary>Chooses a machine by its number, for this command and those that follow.</summary>
    /// <exception cref="CommandException">There is no such machine.</exception>
    void Select(uint number);
}
