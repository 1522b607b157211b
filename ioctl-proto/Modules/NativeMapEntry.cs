namespace KernelSim.Protocol.Modules;

/// <summary>A map that a native module wants: <c>map_entry_t</c>.</summary>
/// <param name="Name">Its name; null makes the module invalid.</param>
/// <param name="Type">Its type.</param>
/// <param name="KeySize">Bytes in a key.</param>
/// <param name="ValueSize">Bytes in one CPU's value.</param>
/// <param name="MaxEntries">Largest number of entries.</param>
/// <param name="Pinning">How it is to be pinned.</param>
/// <param name="InnerMap">The name of the map that is the template of a map of maps; null for none.</param>
public sealed record NativeMapEntry(
    string? Name,
    BpfMapType Type,
    uint KeySize,
    uint ValueSize,
    uint MaxEntries,
    EbpfPinType Pinning = EbpfPinType.None,
    string? InnerMap = null);
