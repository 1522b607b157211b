using KernelSim.Protocol;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>A control request completed.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Status">The NTSTATUS by name.</param>
/// <param name="Information">Length of the reply in bytes.</param>
public sealed record IoctlStopEvent(EventHeader Header, string Operation, string Status, long Information)
    : TracedEvent(Header)
{
    /// <summary>
    /// The errno that the library decodes the status to, by name; null if the status is not an error. STATUS_CANCELLED is not one either:
    /// the program canceled the request, or ended.
    /// </summary>
    public string? Errno => NtStatus.TryParse(Status, out NtStatus status) && !status.IsSuccess && status != NtStatus.Cancelled
        ? ResultConversions.NameOf(ResultConversions.ToErrno(ResultConversions.SeenThroughIoctl(status)))
        : null;
}
