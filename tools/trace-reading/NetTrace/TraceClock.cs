namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>The first object of a trace: the start of the recording, the clock's frequency, and the process.</summary>
/// <param name="Start">The tick at which the recording began.</param>
/// <param name="Frequency">Ticks a second.</param>
/// <param name="ProcessId">The host process.</param>
internal sealed record TraceClock(long Start, long Frequency, int ProcessId)
{
    /// <summary>Bytes of the object's body.</summary>
    public const int Size = 48;

    private const int MicrosecondsPerSecond = 1_000_000;

    /// <summary>Windows's slowest performance counter runs at 3.58 MHz.</summary>
    private const long LeastFrequency = 1_000_000;
    private const long MostFrequency = 10_000_000_000;
    private const int MostProcessors = 1 << 16;

    /// <summary>The longest possible recording, in seconds.</summary>
    private const long Longest = 10L * 365 * 24 * 3600;

    /// <summary>How much older than the recording an event may be, in seconds: clocks of processors differ.</summary>
    private const long Tolerance = 1;

    /// <summary>Reads the object's body.</summary>
    public static TraceClock Read(SpanReader reader)
    {
        ReadDate(ref reader);
        long start = reader.Int64("start of the recording");
        long at = reader.Offset;
        long frequency = reader.Int64("clock frequency");
        if (frequency is < LeastFrequency or > MostFrequency)
        {
            throw TraceDamageException.Of(at, "clock frequency", frequency, $"{LeastFrequency} to {MostFrequency}");
        }

        at = reader.Offset;
        int pointer = reader.Int32("pointer size");
        if (pointer is not (4 or 8))
        {
            throw TraceDamageException.Of(at, "pointer size", pointer, "4 or 8");
        }

        int process = reader.Int32("process id");
        reader.Int32("number of processors", 1, MostProcessors);
        reader.Int32("sampling rate");
        return new TraceClock(start, frequency, process);
    }

    /// <summary>Microseconds from the beginning of the recording to a tick.</summary>
    public double Microseconds(long tick) => (double)(tick - Start) * MicrosecondsPerSecond / Frequency;

    /// <summary>Whether something can have happened at a tick.</summary>
    public bool IsPossible(long tick)
    {
        Int128 ticks = (Int128)tick - Start;
        return ticks >= -Tolerance * Frequency && ticks <= (Int128)Longest * Frequency;
    }

    private static void ReadDate(ref SpanReader reader)
    {
        long at = reader.Offset;
        int year = reader.Int16("year");
        int month = reader.Int16("month");
        reader.Int16("day of the week");
        int day = reader.Int16("day");
        int hour = reader.Int16("hour");
        int minute = reader.Int16("minute");
        int second = reader.Int16("second");
        int millisecond = reader.Int16("millisecond");
        bool isDate = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        if (!isDate || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || millisecond is < 0 or > 999)
        {
            throw TraceDamageException.Of(at, "date of the recording", $"{year}-{month}-{day} {hour}:{minute}:{second}.{millisecond}", "a date");
        }
    }
}
