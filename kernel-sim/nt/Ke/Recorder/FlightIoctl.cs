namespace KernelSim.Nt.Ke;

/// <summary>The control request that a thread is inside: what there is to record of it if the machine stops before it is completed.</summary>
internal struct FlightIoctl
{
    public ulong Start;
    public uint InputLength;
    public uint OutputLength;
    public uint Code;
    public bool IsUnderWay;
}
