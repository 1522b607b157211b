using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Structures;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Ebpf;

/// <summary>The flight recorder of the current machine.</summary>
internal sealed class RecorderReader(IMachineAccess machines, IMemoryAccess memory)
{
    /// <summary>The newest records, oldest first.</summary>
    public IReadOnlyList<FlightEntry> Read(CommandCall call, int count = int.MaxValue) =>
        new FlightView(machines.Current).Read(memory.Kernel, count, call.Result.Note);
}
