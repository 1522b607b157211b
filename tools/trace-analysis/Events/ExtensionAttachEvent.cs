namespace KernelSim.TraceAnalysis.Events;

/// <summary>A hook's provider decided about a link that wants to attach.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="LinkId">The link's id.</param>
/// <param name="AttachType">The hook's section name, or its GUID.</param>
/// <param name="Status">The provider's NTSTATUS, by name.</param>
public sealed record ExtensionAttachEvent(EventHeader Header, long LinkId, string AttachType, string Status)
    : TracedEvent(Header);
