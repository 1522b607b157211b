namespace KernelSim.EbpfCore.Memory;

/// <summary>Sizes of the parts of a block: each part starts at a multiple of 8.</summary>
internal static class Alignment
{
    /// <summary>The next multiple of 8.</summary>
    public static nuint Up8(nuint bytes) => (bytes + 7) & ~(nuint)7;

    /// <inheritdoc cref="Up8(nuint)"/>
    public static ulong Up8(ulong bytes) => (bytes + 7) & ~7UL;
}
