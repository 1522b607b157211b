namespace KernelSim.Bytecode;

/// <summary>What a fault's text calls a region.</summary>
internal static class RegionNames
{
    private static readonly string[] s_names = ["region", "stack frame", "context", "packet", "map value", "ring record", "memory"];

    public static string Of(MemoryRegionKind kind) => (int)kind < s_names.Length ? s_names[(int)kind] : s_names[0];
}
