using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Ring buffers and perf event arrays: records, waiting readers, and the room that readers return.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A record was written and can be read.</summary>
    [Event(Ids.RingSubmit, Level = EventLevel.Verbose, Keywords = Keywords.Ring, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: map {2} ring {3} has a record of {5} bytes at {4}")]
    public void RingSubmit(ulong requestId, int processor, long mapId, int ring, ulong offset, long bytes, ulong sequence = 0) =>
        Write(Ids.RingSubmit, requestId, processor, mapId, ring, offset, bytes);

    /// <summary>A record was discarded by its writer: readers skip it.</summary>
    [Event(Ids.RingDiscard, Level = EventLevel.Verbose, Keywords = Keywords.Ring, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: map {2} ring {3} drops its record of {5} bytes at {4}")]
    public void RingDiscard(ulong requestId, int processor, long mapId, int ring, ulong offset, long bytes, ulong sequence = 0) =>
        Write(Ids.RingDiscard, requestId, processor, mapId, ring, offset, bytes);

    /// <summary>A record was lost: it did not fit, or can never fit the ring.</summary>
    [Event(Ids.RingLost, Level = EventLevel.Verbose, Keywords = Keywords.Ring, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: map {2} ring {3} does not take a record of {4} bytes: {6}, {5} lost so far")]
    public void RingLost(ulong requestId, int processor, long mapId, int ring, long bytes, ulong lost, string result, ulong sequence = 0) =>
        Write(Ids.RingLost, requestId, processor, mapId, ring, bytes, lost, result);

    /// <summary>The event that a reader waits for was set.</summary>
    [Event(Ids.RingWakeup, Level = EventLevel.Verbose, Keywords = Keywords.Ring, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: map {2} ring {3} wakes its reader")]
    public void RingWakeup(ulong requestId, int processor, long mapId, int ring, ulong sequence = 0) =>
        Write(Ids.RingWakeup, requestId, processor, mapId, ring);

    /// <summary>A reader returned what it has read, through the driver.</summary>
    [Event(Ids.RingReturn, Level = EventLevel.Verbose, Keywords = Keywords.Ring, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: map {2} ring {3} is read up to {4}, written up to {5}")]
    public void RingReturn(ulong requestId, int processor, long mapId, int ring, ulong consumer, ulong producer, ulong sequence = 0) =>
        Write(Ids.RingReturn, requestId, processor, mapId, ring, consumer, producer);

    /// <summary>An asynchronous query ended: with data, or cancelled.</summary>
    [Event(Ids.RingQueryComplete, Level = EventLevel.Verbose, Keywords = Keywords.Ring, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: query of map {2} ring {3} ends with {4}: written up to {5}, read up to {6}, {7} lost")]
    public void RingQueryComplete(
        ulong requestId, int processor, long mapId, int ring, string result, ulong producer, ulong consumer, ulong lost, ulong sequence = 0) =>
        Write(Ids.RingQueryComplete, requestId, processor, mapId, ring, result, producer, consumer, lost);

    /// <summary>A process mapped a view of a section.</summary>
    [Event(Ids.ViewMap, Level = EventLevel.Verbose, Keywords = Keywords.Object, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: process {2} sees {4} bytes at {3}, to {5}")]
    public void ViewMap(ulong requestId, int processor, int processId, ulong address, long bytes, string access, ulong sequence = 0) =>
        Write(Ids.ViewMap, requestId, processor, processId, address, bytes, access);

    /// <summary>A process unmapped a view of a section.</summary>
    [Event(Ids.ViewUnmap, Level = EventLevel.Verbose, Keywords = Keywords.Object, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: process {2} no longer sees what was at {3}")]
    public void ViewUnmap(ulong requestId, int processor, int processId, ulong address, ulong sequence = 0) =>
        Write(Ids.ViewUnmap, requestId, processor, processId, address);
}
