using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>
/// Bounds of the fields that reports index by or add up. A field that holds what a program passed has none: any number may be in it.
/// </summary>
internal static class PayloadBounds
{
    private const long MostProcessor = 1023;
    private const long MostBytes = 1L << 40;
    private const long MostCount = 1L << 40;
    private const long MostSequence = 1L << 48;

    /// <summary>The event that holds the length a program asked a ring for in vain: any number.</summary>
    private const string LostRecord = nameof(KernelEventSource.RingLost);

    /// <summary>Compares a field's value with the bounds of the field.</summary>
    /// <exception cref="TraceDamageException">It lies outside.</exception>
    public static void Require(long offset, string eventName, string name, object value)
    {
        (long least, long most) = name switch
        {
            "processor" => (-1, MostProcessor),
            "cpus" => (0, MostProcessor + 1),
            "bytes" when eventName != LostRecord => (0, MostBytes),
            "sequence" => (0, MostSequence),
            "freedBlocks" or "tailCalls" => (0, MostCount),
            "durationNs" => (0, long.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        if (least == long.MinValue)
        {
            return;
        }

        Int128 given = value switch
        {
            int number => number,
            long number => number,
            uint number => number,
            ulong number => number,
            _ => 0,
        };
        if (given < least || given > most)
        {
            throw TraceDamageException.Of(offset, name, value, $"{least} to {most}");
        }
    }
}
