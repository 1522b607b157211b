using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Creation and deletion of maps, and the kernel's view of their layout.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A map was created with these sizes; <paramref name="type"/> is bpftool's name.</summary>
    [Event(Ids.MapCreate, Level = EventLevel.Informational, Keywords = Keywords.Map, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: map {2} '{3}' appears: {4}, key {5}, value {6}, at most {7} entries")]
    public void MapCreate(
        ulong requestId, int processor, long mapId, string name, string type, long keySize, long valueSize, long maxEntries, ulong sequence = 0) =>
        Write(Ids.MapCreate, requestId, processor, mapId, name, type, keySize, valueSize, maxEntries);

    /// <summary>A map lost its last reference. Repeats its definition, for traces that began after its creation.</summary>
    [Event(Ids.MapDelete, Level = EventLevel.Informational, Keywords = Keywords.Map, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: map {2} '{3}' goes: {4}, key {5}, value {6}, at most {7} entries")]
    public void MapDelete(
        ulong requestId, int processor, long mapId, string name, string type, long keySize, long valueSize, long maxEntries, ulong sequence = 0) =>
        Write(Ids.MapDelete, requestId, processor, mapId, name, type, keySize, valueSize, maxEntries);

    /// <summary>
    /// The kernel's view of a map's elements while it serves a request: its testimony beside the library's
    /// (<see cref="UserApiEventSource.BatchLayout(ulong, string, long, long, long, long, int, long)"/>) and the application's.
    /// </summary>
    [Event(Ids.MapLayout, Level = EventLevel.Informational, Keywords = Keywords.Map | Keywords.Layout, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: kernel has map {2} with key {3}, value {4}, stride {5}, {6} bytes an element on {7} CPUs")]
    public void MapLayout(
        ulong requestId, int processor, long mapId, long keySize, long valueSize, long stride, long total, int cpus, ulong sequence = 0) =>
        Write(Ids.MapLayout, requestId, processor, mapId, keySize, valueSize, stride, total, cpus);
}
