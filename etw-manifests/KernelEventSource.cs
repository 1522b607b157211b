using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <summary>
/// The kernel's provider, <c>KernelSim-Kernel</c>: everything that happens behind the gate. The methods that callers use check that
/// somebody listens; hot loops ask <see cref="EventSource.IsEnabled()"/> once and skip the calls.
/// </summary>
[EventSource(Name = "KernelSim-Kernel")]
public sealed class KernelEventSource : EventSource
{
    /// <summary>The only instance: a provider is known to the host process by its name, so there cannot be one per machine.</summary>
    public static readonly KernelEventSource Log = new();

    private KernelEventSource()
    {
    }

    /// <summary>A control request reached the I/O manager.</summary>
    [Event(1, Level = EventLevel.Informational)]
    public void IoctlStart(ulong requestId, int processor, int processId, string operation, long inputLength, long outputLength)
    {
        if (IsEnabled())
        {
            WriteEvent(1, requestId, processor, processId, operation, inputLength, outputLength);
        }
    }

    /// <summary>A control request completed.</summary>
    [Event(2, Level = EventLevel.Informational)]
    public void IoctlStop(ulong requestId, int processor, string operation, string status, long information)
    {
        if (IsEnabled())
        {
            WriteEvent(2, requestId, processor, operation, status, information);
        }
    }

    /// <summary>Bytes moved. Element and slot are -1 where the copy is of a whole message, slot is -1 where it is of all CPUs' slots.</summary>
    [Event(3, Level = EventLevel.Verbose)]
    public void Copy(ulong requestId, int processor, string stage, long element, int slot, ulong source, ulong destination, long bytes)
    {
        if (IsEnabled())
        {
            WriteEvent(3, requestId, processor, stage, element, slot, source, destination, bytes);
        }
    }

    /// <summary>A check compared two numbers.</summary>
    [Event(4, Level = EventLevel.Verbose)]
    public void SizeCheck(ulong requestId, int processor, string check, string what, long given, long expected, bool passed)
    {
        if (IsEnabled())
        {
            WriteEvent(4, requestId, processor, check, what, given, expected, passed ? 1 : 0);
        }
    }

    /// <summary>A check refused a request.</summary>
    [Event(5, Level = EventLevel.Warning)]
    public void InvalidArgument(ulong requestId, int processor, string check, string site, string result, string status, string errno)
    {
        if (IsEnabled())
        {
            WriteEvent(5, requestId, processor, check, site, result, status, errno);
        }
    }

    /// <summary>The kernel found user memory that it could not reach, or a user process ended by a fault.</summary>
    [Event(6, Level = EventLevel.Error)]
    public void AccessViolation(ulong requestId, int processor, int processId, string access, ulong address, long length, string site)
    {
        if (IsEnabled())
        {
            WriteEvent(6, requestId, processor, processId, access, address, length, site);
        }
    }
}
