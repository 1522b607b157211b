using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;
using Microsoft.Diagnostics.Tracing;

namespace KernelSim.TraceAnalysis;

/// <summary>Reads a <c>.nettrace</c> file into a <see cref="TraceLog"/>. The only place that knows the trace library's types.</summary>
public static class TraceReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">It is no .nettrace file, or it is cut off before its first event.</exception>
    public static TraceLog Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file);
    }

    /// <summary>Reads a stream from its position to its end.</summary>
    /// <exception cref="InvalidDataException">It is no .nettrace file, or it is cut off before its first event.</exception>
    public static TraceLog Read(Stream stream)
    {
        List<TracedEvent> events = [];
        Dictionary<string, string> names = [];
        try
        {
            using EventPipeEventSource source = new(stream);
            source.Dynamic.All += data =>
            {
                if (data.ProviderName is KernelEventSource.ProviderName or UserApiEventSource.ProviderName)
                {
                    events.Add(Translate(data, events.Count, names));
                }
            };
            source.Process();
            return new TraceLog(events, source.EventsLost);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ApplicationException or EndOfStreamException)
        {
            throw new InvalidDataException($"not a readable .nettrace stream: {e.Message}", e);
        }
    }

    private static TracedEvent Translate(TraceEvent data, int position, Dictionary<string, string> names)
    {
        string[] fields = data.PayloadNames;
        object?[] values = new object?[fields.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = data.PayloadValue(i);
        }

        return EventCatalog.Make(new EventHeader(
            position, data.TimeStampRelativeMSec * 1000, data.ProviderName, NameOf(data.EventName, names), data.Level.ToString(),
            new EventPayload(fields, values)));
    }

    /// <summary>The trace library takes <c>IoctlStart</c> apart, into task and opcode, and shows <c>Ioctl/Start</c>. Ours are one word.</summary>
    private static string NameOf(string name, Dictionary<string, string> names)
    {
        if (!names.TryGetValue(name, out string? joined))
        {
            joined = name.Replace("/", string.Empty, StringComparison.Ordinal);
            names.Add(name, joined);
        }

        return joined;
    }
}
