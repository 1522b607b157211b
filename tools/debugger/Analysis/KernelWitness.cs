using KernelSim.Debugger.Structures;
using KernelSim.TraceAnalysis;

namespace KernelSim.Debugger.Analysis;

/// <summary>What the kernel takes for the size of a value: the layout of the map, read from the target.</summary>
internal static class KernelWitness
{
    /// <summary>The kernel's testimony after that of others; a party that said nothing is left out.</summary>
    public static IReadOnlyList<Witness> With(MapView map, params Witness[] others) =>
    [
        .. others,
        new Witness(
            Party.Kernel,
            map.Stride,
            map.Slots,
            map.ValueBytes,
            0,
            $"map {map.Id}: value_size {map.ValueSize}, {map.Slots} {(map.Slots == 1 ? "slot" : "slots")}"),
    ];
}
