namespace KernelSim.Nt.Ke;

/// <summary>Where the rings of the flight recorder are: pool, which is above this folder.</summary>
internal unsafe interface IFlightMemory
{
    /// <summary>Zero-filled memory that lives as long as the machine, untouched; null if there is none.</summary>
    byte* Allocate(int processor, nuint bytes);
}
