using KernelSim.TraceAnalysis;

namespace KernelSim.Debugger.Analysis;

/// <summary>What the kernel takes for the size of a value: the layout of the map, read from the target.</summary>
internal static class KernelWitness
{
    /// <summary>Nothing says which map it is about.</summary>
    public static Witness Unknown { get; } = new(Party.Kernel, null, null, null, 0, "said nothing");

    /// <summary>The testimony about a map.</summary>
    public static Witness Of(Evidence evidence, uint id) => evidence.Map(id) is { } map
        ? new Witness(
            Party.Kernel,
            map.Stride,
            map.Slots,
            map.ValueBytes,
            0,
            $"map {id}: value_size {map.ValueSize}, {map.Slots} {(map.Slots == 1 ? "slot" : "slots")}")
        : Unknown with { Basis = $"map {id} is gone: it went with its last handle" };
}
