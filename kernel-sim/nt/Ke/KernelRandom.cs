namespace KernelSim.Nt.Ke;

/// <summary>The machine's randomness: the same seed gives the same numbers in the same order of asking.</summary>
public sealed class KernelRandom
{
    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32() => throw null!;

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64() => throw null!;
}
