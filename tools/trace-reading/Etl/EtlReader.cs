using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using KernelSim.TraceAnalysis.Events;
using Microsoft.Diagnostics.Tracing;

namespace KernelSim.TraceAnalysis.Etl;

/// <summary>Reads one <c>.etl</c> file with the trace library, which reads them on Windows only.</summary>
/// <param name="take">Receives each event of KernelSim's providers; its exceptions are propagated.</param>
internal sealed class EtlReader(Action<TracedEvent> take)
{
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, long> _others = [];
    private Exception? _thrown;
    private int _count;

    /// <summary>Reads the file as far as the trace library can.</summary>
    /// <exception cref="InvalidDataException">It cannot be read up to its first event.</exception>
    [SuppressMessage("Design", "CA1031",
        Justification = "Whatever the trace library throws at bytes that it cannot read means that the file is damaged.")]
    public TraceTotals Read(string path)
    {
        long lost = 0;
        string? damage = null;
        try
        {
            using ETWTraceEventSource source = new(path);
            source.Dynamic.All += data => Process(source, data);
            source.Process();
            lost = source.EventsLost;
        }
        catch (Exception e) when (_thrown is null)
        {
            damage = VisibleText.Escape(e.Message);
        }

        if (_thrown is not null)
        {
            ExceptionDispatchInfo.Throw(_thrown);
        }

        return damage is null || _count > 0
            ? new TraceTotals(_count, lost) { Damage = damage, OtherEvents = _others }
            : throw new InvalidDataException($"not a readable .etl file: {damage}");
    }

    [SuppressMessage("Design", "CA1031", Justification = "What the receiver throws is kept, and thrown when the trace library has stopped.")]
    private void Process(ETWTraceEventSource source, TraceEvent data)
    {
        if (_thrown is not null)
        {
            return;
        }

        if (!ProviderNames.Contains(data.ProviderName))
        {
            _others[data.ProviderName] = _others.GetValueOrDefault(data.ProviderName) + 1;
            return;
        }

        if (!TraceReader.IsMachineEvent((ushort)data.ID))
        {
            return;
        }

        try
        {
            take(Convert(data));
        }
        catch (Exception e)
        {
            // The trace library must not see it: it would take it for one of its own.
            _thrown = e;
            source.StopProcessing();
        }
    }

    /// <summary>Converts an event; keeps no reference to the trace library's objects, which are reused.</summary>
    private TracedEvent Convert(TraceEvent data)
    {
        string[] fields = data.PayloadNames;
        object?[] values = new object?[fields.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = data.PayloadValue(i);
        }

        EventPayload payload = new(fields, values);
        return EventCatalog.Make(
            new EventHeader(
                _count++, data.TimeStampRelativeMSec * 1000, data.ProviderName, NameOf(data.EventName), EventLevels.NameOf((int)data.Level), payload)
            {
                Keywords = (long)data.Keywords,
                HostProcessId = data.ProcessID,
                HostThreadId = data.ThreadID,
            });
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
