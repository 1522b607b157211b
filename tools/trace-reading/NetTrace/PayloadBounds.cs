using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>
/// Bounds of a field that reports index by or add up. A field that holds what a program passed has none: any number may be in it.
/// </summary>
/// <param name="Least">The least number.</param>
/// <param name="Most">The greatest number.</param>
internal readonly record struct PayloadBounds(long Least, long Most)
{
    private const long MostProcessor = 1023;
    private const long MostBytes = 1L << 40;
    private const long MostCount = 1L << 40;
    private const long MostSequence = 1L << 48;

    /// <summary>The event that holds the length a program asked a ring for in vain: any number.</summary>
    private const string LostRecord = nameof(KernelEventSource.RingLost);

    /// <summary>The bounds of a field.</summary>
    public static PayloadBounds Of(string eventName, string name) => name switch
    {
        "processor" => new(-1, MostProcessor),
        "cpus" => new(0, MostProcessor + 1),
        "bytes" when eventName != LostRecord => new(0, MostBytes),
        "sequence" => new(0, MostSequence),
        "freedBlocks" or "tailCalls" => new(0, MostCount),
        "durationNs" => new(0, long.MaxValue),
        _ => new(long.MinValue, long.MaxValue),
    };

    /// <summary>Compares a field's value with the bounds of the field.</summary>
    /// <exception cref="TraceDamageException">It lies outside.</exception>
    public void Require(long offset, string name, object value)
    {
        if (Least == long.MinValue)
        {
            return;
        }

        // An unsigned number above the signed ones lies outside too.
        long given = value switch
        {
            int number => number,
            long number => number,
            uint number => number,
            ulong number => number > long.MaxValue ? long.MinValue : (long)number,
            _ => 0,
        };
        if (given < Least || given > Most)
        {
            throw TraceDamageException.Of(offset, name, value, $"{Least} to {Most}");
        }
    }
}
