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

    /// <summary>Reads the number of a processor of the current machine; null if there is no word left.</summary>
    /// <param name="arguments">The words of the command.</param>
    /// <param name="command">The command that asks, for the message.</param>
    /// <exception cref="CommandException">The machine has no such processor.</exception>
    uint? ReadProcessor(ArgumentList arguments, string command)
    {
        uint? number = arguments.Number("a processor's number");
        return number is null || number < Current.Cpus
            ? number
            : throw new CommandException($"{command}: processor {number} given, expected one from 0 to {Current.Cpus - 1}");
    }
}
