namespace KernelSim.Nt.Ke;

/// <summary>The machine's random numbers: the same seed gives the same numbers in the same order of calls.</summary>
public sealed class KernelRandom
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Begins a sequence. A machine has its own, <see cref="Machine.Random"/>.</summary>
    /// <param name="seed">What all its numbers follow from.</param>
    public KernelRandom(ulong seed)
    {
        _state = seed;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32() => (uint)(NextUInt64() >> 32);

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        // SplitMix64: one atomic addition is the whole state, so threads need no lock and never get the same number.
        ulong z = Interlocked.Add(ref _state, Increment);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
