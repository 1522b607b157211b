using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Mm;

/// <summary>Gives the flight recorder its rings, in pool under their own tag.</summary>
internal sealed unsafe class FlightMemory(Pool pool) : IFlightMemory
{
    /// <summary>Pool tag of the rings.</summary>
    public static readonly PoolTag Tag = new("Rcdr");

    /// <inheritdoc/>
    public byte* Allocate(int processor, nuint bytes) => pool.AllocateOwn(processor, bytes, Tag);
}
