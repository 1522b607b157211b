using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <summary>
/// The user library's provider, <c>KernelSim-UserApi</c>: the calls that a program makes, and what the library does before and
/// after it crosses the gate. The processor is always -1.
/// </summary>
[EventSource(Name = "KernelSim-UserApi")]
public sealed class UserApiEventSource : EventSource
{
    /// <summary>The only instance: a provider is known to the host process by its name.</summary>
    public static readonly UserApiEventSource Log = new();

    private const int UserMode = -1;

    private UserApiEventSource()
    {
    }

    /// <summary>A program called the library.</summary>
    [NonEvent]
    public void ApiCallStart(ulong requestId, string function, int descriptor, long count)
    {
        if (IsEnabled())
        {
            ApiCallStart(requestId, UserMode, function, descriptor, count);
        }
    }

    /// <summary>The library returned.</summary>
    [NonEvent]
    public void ApiCallStop(ulong requestId, string function, int result, string errno, long count)
    {
        if (IsEnabled())
        {
            ApiCallStop(requestId, UserMode, function, result, errno, count);
        }
    }

    /// <summary>The library moved bytes: stage <c>Marshal</c> or <c>Unmarshal</c>.</summary>
    [NonEvent]
    public void Copy(ulong requestId, string stage, long element, int slot, ulong source, ulong destination, long bytes)
    {
        if (IsEnabled())
        {
            Copy(requestId, UserMode, stage, element, slot, source, destination, bytes);
        }
    }

    /// <summary>The library compared two numbers.</summary>
    [NonEvent]
    public void SizeCheck(ulong requestId, string check, string what, long given, long expected, bool passed)
    {
        if (IsEnabled())
        {
            SizeCheck(requestId, UserMode, check, what, given, expected, passed);
        }
    }

    /// <summary>A check of the library refused a call.</summary>
    [NonEvent]
    public void InvalidArgument(ulong requestId, string check, string site, string result, string status, string errno)
    {
        if (IsEnabled())
        {
            InvalidArgument(requestId, UserMode, check, site, result, status, errno);
        }
    }

    /// <summary>The library touched memory that it may not touch.</summary>
    [NonEvent]
    public void AccessViolation(ulong requestId, int processId, string access, ulong address, long length, string site)
    {
        if (IsEnabled())
        {
            AccessViolation(requestId, UserMode, processId, access, address, length, site);
        }
    }

    [Event(1, Level = EventLevel.Informational)]
    private void ApiCallStart(ulong requestId, int processor, string function, int descriptor, long count) =>
        WriteEvent(1, requestId, processor, function, descriptor, count);

    [Event(2, Level = EventLevel.Informational)]
    private void ApiCallStop(ulong requestId, int processor, string function, int result, string errno, long count) =>
        WriteEvent(2, requestId, processor, function, result, errno, count);

    [Event(3, Level = EventLevel.Verbose)]
    private void Copy(ulong requestId, int processor, string stage, long element, int slot, ulong source, ulong destination, long bytes) =>
        WriteEvent(3, requestId, processor, stage, element, slot, source, destination, bytes);

    [Event(4, Level = EventLevel.Verbose)]
    private void SizeCheck(ulong requestId, int processor, string check, string what, long given, long expected, bool passed) =>
        WriteEvent(4, requestId, processor, check, what, given, expected, passed ? 1 : 0);

    [Event(5, Level = EventLevel.Warning)]
    private void InvalidArgument(ulong requestId, int processor, string check, string site, string result, string status, string errno) =>
        WriteEvent(5, requestId, processor, check, site, result, status, errno);

    [Event(6, Level = EventLevel.Error)]
    private void AccessViolation(ulong requestId, int processor, int processId, string access, ulong address, long length, string site) =>
        WriteEvent(6, requestId, processor, processId, access, address, length, site);
}
