using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;
using Microsoft.Diagnostics.Tracing;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// Reads <c>.nettrace</c> files and streams, and on Windows <c>.etl</c> files. Only this class and the recorders use the trace
/// library's types.
/// </summary>
public static class TraceReader
{
    /// <summary>Reads a whole file into memory.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">It is not a trace, it is cut off before its first event, or only Windows can read it.</exception>
    public static TraceLog Read(string path)
    {
        List<TracedEvent> events = [];
        TraceTotals totals = Stream(path, events.Add);
        return new TraceLog(events, totals.LostEvents, totals.IsCutOff);
    }

    /// <summary>Reads a stream from its position to its end into memory.</summary>
    /// <exception cref="InvalidDataException">It is not a .nettrace file, or it is cut off before its first event.</exception>
    public static TraceLog Read(Stream stream)
    {
        List<TracedEvent> events = [];
        TraceTotals totals = Stream(stream, events.Add);
        return new TraceLog(events, totals.LostEvents, totals.IsCutOff);
    }

    /// <summary>Reads a file event by event, ordered by time, and keeps none of them: a trace of any length takes the same memory.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="take">Receives each event; its exceptions are propagated.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">It is not a trace, it is cut off before its first event, or only Windows can read it.</exception>
    public static TraceTotals Stream(string path, Action<TracedEvent> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16, FileOptions.SequentialScan);
        if (BeginsAsNetTrace(file))
        {
            return Stream(file, take);
        }

        if (!Path.GetExtension(path).Equals(".etl", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException(file.Length == 0 ? "the file is empty" : "it does not begin with the word Nettrace, as a .nettrace file does");
        }

        if (!OperatingSystem.IsWindows())
        {
            throw new InvalidDataException("an ETW trace, which only Windows can read; record a .nettrace, or convert it there");
        }

        file.Dispose();
        return Process(() => new ETWTraceEventSource(path), take);
    }

    /// <summary>Reads a <c>.nettrace</c> stream event by event: a file, or a running session, whose events arrive as they are written.</summary>
    /// <param name="stream">The stream, read to its end.</param>
    /// <param name="take">Takes each event; what it throws comes out of here.</param>
    /// <exception cref="InvalidDataException">It is no .nettrace stream, or it is cut off before its first event.</exception>
    public static TraceTotals Stream(Stream stream, Action<TracedEvent> take)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(take);
        return Process(() => new EventPipeEventSource(stream), take);
    }

    private static bool BeginsAsNetTrace(FileStream file)
    {
        Span<byte> head = stackalloc byte["Nettrace"u8.Length];
        int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return head[..length].SequenceEqual("Nettrace"u8);
    }

    [SuppressMessage("Design", "CA1031", Justification = "What the caller's code throws passes through the library's own handlers unharmed.")]
    private static TraceTotals Process(Func<TraceEventDispatcher> open, Action<TracedEvent> take)
    {
        Exception? thrown = null;
        TraceTotals totals;
        Translator translator = new();
        long lost = 0;
        try
        {
            using TraceEventDispatcher source = open();
            source.Dynamic.All += data =>
            {
                if (thrown is not null || data.ProviderName is not (KernelEventSource.ProviderName or UserApiEventSource.ProviderName)
                    || !Translator.IsOurs(data))
                {
                    return;
                }

                try
                {
                    take(translator.Translate(data));
                }
                catch (Exception e)
                {
                    thrown = e;
                    source.StopProcessing();
                }
            };
            try
            {
                source.Process();
            }
            finally
            {
                lost = source.EventsLost;
            }

            totals = new TraceTotals(translator.Count, lost);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ApplicationException or EndOfStreamException)
        {
            if (translator.Count > 0)
            {
                return new TraceTotals(translator.Count, lost) { IsCutOff = true };
            }

            throw new InvalidDataException($"not a readable .nettrace stream: {e.Message}", e);
        }

        if (thrown is not null)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }

        return totals;
    }
}
