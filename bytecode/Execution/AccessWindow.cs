namespace KernelSim.Bytecode;

/// <summary>
/// The region of the last access of a kind. An access is inside when its distance from the start is less than the limit for its size; a limit of 0
/// lets nothing in.
/// </summary>
internal struct AccessWindow
{
    public ulong Start;
    public ulong Limit1;
    public ulong Limit2;
    public ulong Limit4;
    public ulong Limit8;

    public void Open(in MemoryRegion region)
    {
        ulong length = region.Length;
        Start = region.Start;
        Limit1 = length;
        if (length >= 8)
        {
            Limit2 = length - 1;
            Limit4 = length - 3;
            Limit8 = length - 7;
        }
        else
        {
            Limit2 = length >= 2 ? length - 1 : 0;
            Limit4 = length >= 4 ? length - 3 : 0;
            Limit8 = 0;
        }
    }

    public void CloseIf(nuint start)
    {
        if (Start == start)
        {
            this = default;
        }
    }
}
