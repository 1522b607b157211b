namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>
/// Values that no machine can have written. Few fields have bounds: most numbers may be whatever a program passed. These are added up or
/// counted with.
/// </summary>
internal static class FieldBounds
{
    private const long MostProcessor = 1023;
    private const long MostBytes = 1L << 40;
    private const long MostCount = 1L << 40;
    private const long MostSequence = 1L << 48;

    /// <summary>Compares a field's value with the bounds of the field.</summary>
    /// <exception cref="TraceDamageException">It lies outside.</exception>
    public static void Require(long offset, string name, object value)
    {
        (long least, long most) = name switch
        {
            "processor" => (-1, MostProcessor),
            "cpus" => (0, MostProcessor + 1),
            "bytes" => (0, MostBytes),
            "sequence" => (0, MostSequence),
            "freedBlocks" or "tailCalls" or "repeat" or "durationNs" => (0, MostCount),
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
