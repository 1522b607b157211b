namespace KernelSim.Protocol.Modules;

/// <summary>A map that a native module declares: <c>map_entry_t</c>.</summary>
/// <param name="Name">The map's name; null makes the module invalid.</param>
/// <param name="Type">The map type; an extension's type needs its provider to be registered.</param>
/// <param name="KeySize">Key size in bytes.</param>
/// <param name="ValueSize">Size of one CPU's value in bytes.</param>
/// <param name="MaxEntries">Maximum number of entries.</param>
/// <param name="Pinning">How the map is to be pinned.</param>
/// <param name="InnerMap">Name of the map that is the template of a map of maps; null for none.</param>
public sealed record NativeMapEntry(
    string? Name,
    BpfMapType Type,
    uint KeySize,
    uint ValueSize,
    uint MaxEntries,
    EbpfPinType Pinning = EbpfPinType.None,
    string? InnerMap = null);
