namespace KernelSim.Bytecode;

/// <summary>The region next to a bad access, and how a fault tells it.</summary>
internal static class NearestRegion
{
    /// <summary>Beyond this distance a region explains nothing.</summary>
    private const long Far = 1 << 20;

    private const ulong NullPage = 4096;

    public static (MemoryRegion Region, long Distance) Of(ref BytecodeRun run, ulong address, ulong length)
    {
        MemoryRegion nearest = default;
        Int128 best = Int128.MaxValue;
        for (int i = 0; i < run.RegionCount; i++)
        {
            MemoryRegion region = run.RegionAt(i);
            Int128 distance = region.DistanceFrom(address, length);
            if (Int128.Abs(distance) < Int128.Abs(best))
            {
                (nearest, best) = (region, distance);
            }
        }

        return (nearest, (long)Int128.Clamp(best, long.MinValue, long.MaxValue));
    }

    public static string TextOf(MemoryRegion region, long distance, ulong address, ulong length)
    {
        string name = region.Kind == MemoryRegionKind.Stack && region.Length > BytecodeRun.FrameSize
            ? $"the stack frames of {region.Length} bytes"
            : $"the {RegionNames.Of(region.Kind)} of {region.Length} bytes";
        return address < NullPage ? "the address is null or next to it"
            : region.Contains(address, length) ? $"{name} can only be read"
            : Int128.Abs(distance) > Far ? "no memory of the program is near"
            : distance < 0 ? $"{-distance} bytes before {name}"
            : distance > 0 ? $"{distance} bytes after {name}"
            : address == region.Start + region.Length ? $"right after {name}"
            : Overlapping(region, name, address, length);
    }

    private static string Overlapping(MemoryRegion region, string name, ulong address, ulong length) => address < region.Start
        ? $"its first {region.Start - address} bytes are before {name}"
        : $"its last {address + length - region.Start - region.Length} bytes are after {name}";
}
