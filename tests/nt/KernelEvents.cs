using System.Diagnostics.Tracing;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using KernelSim.Tracing;

namespace KernelSim.Nt.Tests;

/// <summary>
/// Listens to the kernel's provider for the requests of one machine. The provider is the host process's, tests run side by side: each
/// test boots with a request id base of its own, made from its name.
/// </summary>
internal sealed class KernelEvents : EventListener
{
    private const int RequestBits = 32;

    private readonly Lock _lock = new();
    private readonly List<string> _events = [];
    private readonly ulong _base;
    private readonly Action<int, string>? _onEvent;

    /// <summary>Begins to listen.</summary>
    /// <param name="onEvent">Called within each event, on the thread that writes it, with its index and name.</param>
    /// <param name="test">Filled in.</param>
    /// <param name="file">Filled in.</param>
    public KernelEvents(Action<int, string>? onEvent = null, [CallerMemberName] string test = "", [CallerFilePath] string file = "")
    {
        _onEvent = onEvent;
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(file + test))
        {
            hash = (hash ^ b) * 16777619;
        }

        _base = (ulong)(hash | 1) << RequestBits;
        EnableEvents(KernelEventSource.Log, EventLevel.Verbose);
    }

    /// <summary>The options that make a machine's events ours.</summary>
    public MachineOptions Options => new() { RequestIdBase = _base };

    /// <summary>Every event so far: name and payload without the sequence number, request ids counted from the base.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Their names.</summary>
    public IEnumerable<string> Names => All.Select(e => e[..e.IndexOf(' ', StringComparison.Ordinal)]);

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base class's constructor lets events in before ours has run: then there is no base yet.
        ulong request = (ulong)eventData.Payload![0]!;
        if (_base == 0 || request >> RequestBits != _base >> RequestBits)
        {
            return;
        }

        string text = string.Join(
            ' ', eventData.Payload.SkipLast(1).Skip(1).Prepend(request - _base).Select(p => Convert.ToString(p, CultureInfo.InvariantCulture)));
        int index;
        lock (_lock)
        {
            index = _events.Count;
            _events.Add($"{eventData.EventName} {text}");
        }

        _onEvent?.Invoke(index, eventData.EventName!);
    }
}
