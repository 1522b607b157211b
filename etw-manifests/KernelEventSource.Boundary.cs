using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Crossings between user and kernel mode, and what stops them.</content>
public sealed partial class KernelEventSource
{
    /// <summary>
    /// Bytes were copied; <paramref name="stage"/> is one of <see cref="CopyStage"/>. Element and slot are -1 for a copy of a whole
    /// message, slot is -1 for one of all CPUs' slots.
    /// </summary>
    [Event(Ids.Copy, Level = EventLevel.Verbose, Keywords = Keywords.Copy, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: {2} element {3} slot {4}, {7} bytes from {5} to {6}")]
    public void Copy(
        ulong requestId, int processor, string stage, long element, int slot, ulong source, ulong destination, long bytes, ulong sequence = 0) =>
        Write(Ids.Copy, requestId, processor, stage, element, slot, source, destination, bytes);

    /// <summary>A check compared two numbers. On the wire <paramref name="passed"/> is 0 or 1.</summary>
    [NonEvent]
    public void SizeCheck(ulong requestId, int processor, string check, string what, long given, long expected, bool passed) =>
        SizeCheck(requestId, processor, check, what, given, expected, passed ? CheckOutcome.Passed : CheckOutcome.Refused);

    [Event(Ids.SizeCheck, Level = EventLevel.Verbose, Keywords = Keywords.Check, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: {2} compares {3}, given {4}, expected {5}, passed {6}")]
    private void SizeCheck(
        ulong requestId, int processor, string check, string what, long given, long expected, CheckOutcome passed, ulong sequence = 0) =>
        Write(Ids.SizeCheck, requestId, processor, check, what, given, expected, passed);

    /// <summary>A check refused a request.</summary>
    [Event(Ids.InvalidArgument, Level = EventLevel.Warning, Keywords = Keywords.Check, Channel = EventChannel.Operational,
        Message = "Request {0}, CPU {1}: {2} refuses at {3}: {4}, {5}, {6}")]
    public void InvalidArgument(
        ulong requestId, int processor, string check, string site, string result, string status, string errno, ulong sequence = 0) =>
        Write(Ids.InvalidArgument, requestId, processor, check, site, result, status, errno);

    /// <summary>The kernel found inaccessible user memory, or a user process ended by a fault.</summary>
    [Event(Ids.AccessViolation, Level = EventLevel.Error, Keywords = Keywords.Fault, Channel = EventChannel.Admin,
        Message = "Request {0}, CPU {1}: process {2} cannot {3} {5} bytes at {4}, from {6}")]
    public void AccessViolation(
        ulong requestId, int processor, int processId, string access, ulong address, long length, string site, ulong sequence = 0) =>
        Write(Ids.AccessViolation, requestId, processor, processId, access, address, length, site);
}
