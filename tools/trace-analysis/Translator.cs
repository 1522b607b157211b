using KernelSim.TraceAnalysis.Events;
using Microsoft.Diagnostics.Tracing;

namespace KernelSim.TraceAnalysis;

/// <summary>Converts the trace library's events to KernelSim's, for one reading of one trace.</summary>
internal sealed class Translator
{
    /// <summary>An EventSource describes itself in an event of its own, which is not an event of the machine.</summary>
    private const ushort ManifestEvent = 0xFFFE;

    private static readonly string[] s_levels = ["Always", "Critical", "Error", "Warning", "Informational", "Verbose"];

    private readonly Dictionary<string, string> _names = [];

    /// <summary>Number of events converted so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether an event is one of the provider's own.</summary>
    public static bool IsOurs(TraceEvent data) => (ushort)data.ID is not (0 or ManifestEvent);

    /// <summary>Converts the next event; it keeps no reference to the trace library's objects, which are reused.</summary>
    public TracedEvent Translate(TraceEvent data)
    {
        string[] fields = data.PayloadNames;
        object?[] values = new object?[fields.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = data.PayloadValue(i);
        }

        EventHeader header = new(
            Count++, data.TimeStampRelativeMSec * 1000, data.ProviderName, NameOf(data.EventName), LevelOf((int)data.Level), new EventPayload(fields, values))
        {
            Keywords = (long)data.Keywords,
            HostProcessId = data.ProcessID,
            HostThreadId = data.ThreadID,
        };
        return EventCatalog.Make(header);
    }

    private static string LevelOf(int level) => level < s_levels.Length ? s_levels[level] : s_levels[^1];

    /// <summary>The trace library splits <c>IoctlStart</c> into task and opcode, and shows <c>Ioctl/Start</c>. Here names are one word.</summary>
    private string NameOf(string name)
    {
        if (!_names.TryGetValue(name, out string? joined))
        {
            joined = name.Replace("/", string.Empty, StringComparison.Ordinal);
            _names.Add(name, joined);
        }

        return joined;
    }
}
