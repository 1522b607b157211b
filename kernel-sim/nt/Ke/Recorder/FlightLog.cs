namespace KernelSim.Nt.Ke;

/// <summary>Puts the records of several processors into one order and into words.</summary>
public static class FlightLog
{
    /// <summary>The newest records of rings whose bytes were read from somewhere, oldest first.</summary>
    /// <param name="rings">The bytes of each ring: header and slots.</param>
    /// <param name="count">How many records at most.</param>
    /// <param name="names">The names of the drivers' operations, checks and kinds.</param>
    /// <param name="problems">One line for each ring that could not be decoded.</param>
    public static IReadOnlyList<FlightEntry> Read(
        IEnumerable<ReadOnlyMemory<byte>> rings, int count, IReadOnlyList<IFlightNames> names, out IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(rings);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        List<FlightRingImage> images = [];
        List<string> found = [];
        foreach (ReadOnlyMemory<byte> ring in rings)
        {
            if (FlightRingImage.TryParse(ring.Span, out FlightRingImage? image, out string? problem))
            {
                images.Add(image);
            }
            else
            {
                found.Add(problem);
            }
        }

        problems = found;
        return Newest(images, count, names);
    }

    /// <summary>
    /// Merges by request id, which ascends nearly as time does, and keeps the order within each ring. A record outside a request follows the newest
    /// request of its time. A record of a request that was sent long before follows what its ring has before it. What was written when the machine
    /// stopped comes last.
    /// </summary>
    internal static IReadOnlyList<FlightEntry> Newest(IReadOnlyList<FlightRingImage> rings, int count, IReadOnlyList<IFlightNames> names)
    {
        List<(ulong Time, FlightRecord Record)> all = [];
        foreach (FlightRingImage ring in rings)
        {
            ulong time = 0;
            foreach (FlightRecord record in ring.Records)
            {
                time = Math.Max(time, TimeOf(record));
                all.Add((time, record));
            }
        }

        FlightNameBook book = new(names);
        return [.. all.OrderBy(r => r.Time).TakeLast(count).Select(r => new FlightEntry(r.Record, book))];
    }

    private static ulong TimeOf(in FlightRecord record) => (FlightKind)record.Kind switch
    {
        FlightKind.Bugcheck => ulong.MaxValue,
        FlightKind.Ioctl => ulong.MaxValue - 1,
        _ => (record.NewestRequest << 1) | (record.IsOutsideRequest ? 1u : 0u),
    };
}
