using KernelSim.Protocol;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>A map was created.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="MapId">The map's id.</param>
/// <param name="Name">The map's name.</param>
/// <param name="Type">The map's type, as bpftool names it.</param>
/// <param name="KeySize">Key size in bytes.</param>
/// <param name="ValueSize">Size of one CPU's value in bytes.</param>
/// <param name="MaxEntries">Maximum number of entries.</param>
public sealed record MapCreateEvent(
    EventHeader Header, long MapId, string Name, string Type, long KeySize, long ValueSize, long MaxEntries)
    : TracedEvent(Header)
{
    /// <summary>The map's type; <see cref="BpfMapType.Unspec"/> for an unknown name.</summary>
    public BpfMapType MapType => BpfMapTypeNames.TryParse(Type, out BpfMapType type) ? type : BpfMapType.Unspec;
}
