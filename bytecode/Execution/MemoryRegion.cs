namespace KernelSim.Bytecode;

/// <summary>Memory that a program may reach.</summary>
/// <param name="Start">The address of the first byte.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Kind">What the memory is.</param>
/// <param name="IsWritable">Whether the program may write to it.</param>
public readonly record struct MemoryRegion(nuint Start, nuint Length, MemoryRegionKind Kind, bool IsWritable)
{
    internal bool Contains(ulong address, ulong length)
    {
        ulong offset = address - Start;
        return length <= Length && offset <= Length - length;
    }

    /// <summary>How many bytes lie between an access and the region: negative before it, positive after it, 0 if they touch or overlap.</summary>
    /// <param name="address">The first byte of the access.</param>
    /// <param name="length">The bytes of the access.</param>
    internal Int128 DistanceFrom(ulong address, ulong length)
    {
        Int128 first = address;
        Int128 end = first + length;
        Int128 start = Start;
        Int128 limit = start + Length;
        return end <= start ? first - start : first >= limit ? first - limit : 0;
    }
}
