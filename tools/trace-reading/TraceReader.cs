using KernelSim.TraceAnalysis.Etl;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.NetTrace;

namespace KernelSim.TraceAnalysis;

/// <summary>Reads <c>.nettrace</c> files and streams, and on Windows <c>.etl</c> files.</summary>
/// <remarks>
/// A trace that is cut off or damaged is read as far as it goes, and <see cref="TraceTotals"/> says so. No trace, whatever its bytes, takes
/// more memory than a small multiple of its length.
/// </remarks>
public static class TraceReader
{
    /// <summary>The event that carries an EventSource's manifest.</summary>
    private const int ManifestEvent = 0xFFFE;

    /// <summary>Reads a whole file into memory.</summary>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="InvalidDataException">
    /// It is not a trace, it is cut off or damaged before its first event, or only Windows can read it.
    /// </exception>
    public static TraceLog Read(string path)
    {
        List<TracedEvent> events = [];
        return new TraceLog(events, Stream(path, events.Add));
    }

    /// <summary>Reads a stream from its position to its end into memory.</summary>
    /// <exception cref="InvalidDataException">It is not a .nettrace file, or it is cut off or damaged before its first event.</exception>
    public static TraceLog Read(Stream stream)
    {
        List<TracedEvent> events = [];
        return new TraceLog(events, Stream(stream, events.Add));
    }

    /// <summary>Reads a file event by event, ordered by time, and keeps none of them: a trace of any length takes the same memory.</summary>
    /// <param name="path">The file; a pipe does too.</param>
    /// <param name="take">Receives each event; its exceptions are propagated.</param>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="InvalidDataException">
    /// It is not a trace, it is cut off or damaged before its first event, or only Windows can read it.
    /// </exception>
    public static TraceTotals Stream(string path, Action<TracedEvent> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        using FileStream file = Open(path);
        if (!IsEventTraceLog(path, file))
        {
            return Stream(file, take);
        }

        if (!OperatingSystem.IsWindows())
        {
            throw new InvalidDataException("an ETW trace, which only Windows can read; record a .nettrace, or convert it there");
        }

        file.Dispose();
        return new EtlReader(take).Read(path);
    }

    /// <summary>Opens a file for <see cref="Stream(Stream, Action{TracedEvent})"/>. A pipe waits here until somebody opens it for writing.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or it is a folder.</exception>
    public static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);

    /// <summary>
    /// Reads a <c>.nettrace</c> stream event by event: a file, or a session that still runs, whose events come as they are written.
    /// </summary>
    /// <param name="stream">The stream, read to its end.</param>
    /// <param name="take">Receives each event; its exceptions are propagated.</param>
    /// <exception cref="InvalidDataException">It is not a .nettrace stream, or it is cut off or damaged before its first event.</exception>
    public static TraceTotals Stream(Stream stream, Action<TracedEvent> take)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(take);
        TraceTotals totals = new NetTraceReader(stream, take).Read();
        return !totals.IsEmpty ? totals
            : totals.Damage is { } damage ? throw new InvalidDataException($"damaged before its first event, at {damage}")
            : totals.IsCutOff ? throw new InvalidDataException("it is cut off before its first event")
            : totals;
    }

    /// <summary>
    /// Whether the event with this id is one of the machine's: a provider also describes itself, and reports its own errors as event 0.
    /// </summary>
    internal static bool IsMachineEvent(int id) => id is not (0 or ManifestEvent);

    /// <summary>The bytes decide what begins as a .nettrace, the name decides the rest: an .etl begins with no word.</summary>
    private static bool IsEventTraceLog(string path, FileStream file)
    {
        if (!Path.GetExtension(path).Equals(".etl", StringComparison.OrdinalIgnoreCase) || !file.CanSeek)
        {
            return false;
        }

        Span<byte> head = stackalloc byte["Nettrace"u8.Length];
        int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return !head[..length].SequenceEqual("Nettrace"u8);
    }
}
