using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Ebpf;

/// <summary>The objects of the driver that records name.</summary>
internal static class FlightObjects
{
    /// <summary>The id of the object that a record is about; 0 if it names none.</summary>
    public static uint Of(FlightEntry entry) => entry.Kind switch
    {
        FlightKind.IoctlCompleted => new FlightOutcome(entry).Object,
        FlightKind.Refusal => (uint)entry.Numbers[3],
        _ => 0,
    };
}
