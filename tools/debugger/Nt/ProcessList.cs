using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary>Finds processes by their id.</summary>
internal static class ProcessList
{
    /// <summary>The process of an id that has not been run down.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static ProcessView Find(MachineView machine, string command, uint pid) =>
        machine.Processes.FirstOrDefault(p => p.Id == pid) ?? throw NoSuch(machine, command, pid);

    /// <summary>The complaint about an id that no process has.</summary>
    public static CommandException NoSuch(MachineView machine, string command, uint pid)
    {
        uint[] ids = [.. machine.Processes.Select(p => p.Id).Order()];
        string ended = machine.EndedProcesses.Any(p => p.Id == pid) ? " that has not ended" : "";
        return new CommandException($"{command}: process {pid} given, expected one{ended} of machine {machine.Number}: "
            + (ids.Length == 0 ? "it has none" : string.Join(", ", ids)));
    }
}
