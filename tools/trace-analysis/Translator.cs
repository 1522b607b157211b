using KernelSim.TraceAnalysis.Events;
using Microsoft.Diagnostics.Tracing;

namespace KernelSim.TraceAnalysis;

/// <summary>Converts the trace library's events to KernelSim's, for one reading of one trace.</summary>
internal sealed class Translator
{
    private readonly Dictionary<string, string> _names = [];

    /// <summary>Number of events converted so far.</summary>
    public int Count { get; private set; }

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
            Count++, data.TimeStampRelativeMSec * 1000, data.ProviderName, NameOf(data.EventName), EventLevels.NameOf((int)data.Level), new EventPayload(fields, values))
        {
            Keywords = (long)data.Keywords,
            HostProcessId = data.ProcessID,
            HostThreadId = data.ThreadID,
        };
        return EventCatalog.Make(header);
    }

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
