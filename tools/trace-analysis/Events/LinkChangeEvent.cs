using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>A program was attached to a hook by a link, or detached.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="LinkId">The link's id.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="AttachType">The hook's section name, or its GUID.</param>
public sealed record LinkChangeEvent(EventHeader Header, long LinkId, long ProgramId, string AttachType)
    : TracedEvent(Header)
{
    /// <summary>True when it was attached, false when it was detached.</summary>
    public bool IsAttached => Header.Name == nameof(KernelEventSource.LinkAttach);
}
