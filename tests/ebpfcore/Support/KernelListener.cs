using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>
/// Listens to the kernel's events of one machine, told by its request ids. A callback runs on the thread that writes the event, inside
/// the kernel, so a test can hold that thread there.
/// </summary>
internal sealed class KernelListener : EventListener
{
    private const ulong IdsOfAMachine = 1UL << 32;
    private static long s_machines;

    private readonly ConcurrentQueue<KernelEvent> _events = new();

    /// <summary>Begins to listen. Not from <see cref="EventListener.OnEventSourceCreated"/>: it may run while the provider is still being made.</summary>
    public KernelListener()
    {
        // Listening makes every test's machine allocate for its events: those that count bytes must not run beside it.
        Assert.Equal(TraceCollection.Name, TestContext.Current.TestCollection?.TestCollectionDisplayName);
        EnableEvents(KernelEventSource.Log, EventLevel.Verbose, EventKeywords.All);
    }

    /// <summary>What the machine to listen to is booted with.</summary>
    public ulong RequestIdBase { get; } = (ulong)Interlocked.Increment(ref s_machines) << 40;

    /// <summary>Called for each event of the machine.</summary>
    public Action<KernelEvent>? Callback { get; set; }

    public IReadOnlyList<KernelEvent> Events => [.. _events];

    public IEnumerable<KernelEvent> Named(string name) => _events.Where(e => e.Name == name);

    public void Clear() => _events.Clear();

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.Payload is { Count: > 0 } values
            && values[0] is ulong request
            && request > RequestIdBase
            && request < RequestIdBase + IdsOfAMachine)
        {
            Dictionary<string, object> payload = [];
            for (int i = 0; i < values.Count; i++)
            {
                payload[eventData.PayloadNames![i]] = values[i]!;
            }

            KernelEvent seen = new(eventData.EventName!, payload);
            _events.Enqueue(seen);
            Callback?.Invoke(seen);
        }
    }
}
