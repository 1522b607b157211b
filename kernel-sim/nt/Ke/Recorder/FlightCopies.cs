namespace KernelSim.Nt.Ke;

/// <summary>What a driver has copied for the request that a thread serves, and for which of its objects.</summary>
internal struct FlightCopies
{
    public long Stored;
    public long Fetched;
    public uint Object;
}
