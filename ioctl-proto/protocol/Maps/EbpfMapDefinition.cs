using System.Runtime.InteropServices;
using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol;

/// <summary>
/// A map's definition as it crosses the boundary: <c>ebpf_map_definition_in_memory_t</c>, 24 bytes.
/// <see cref="ValueSize"/> is always the size of one CPU's value, unscaled, in bytes.
/// </summary>
[UpstreamStruct("ebpf_map_definition_in_memory_t", 24)]
[StructLayout(LayoutKind.Sequential)]
public struct EbpfMapDefinition
{
    /// <summary>The map type, at offset 0.</summary>
    public BpfMapType Type;

    /// <summary>Key size in bytes, at offset 4.</summary>
    public uint KeySize;

    /// <summary>Size of one CPU's value in bytes, at offset 8.</summary>
    public uint ValueSize;

    /// <summary>Maximum number of entries, or bytes for ring buffers, at offset 12.</summary>
    public uint MaxEntries;

    /// <summary>Id of the template of a map of maps, otherwise 0, at offset 16.</summary>
    public uint InnerMapId;

    /// <summary>How an object file wants the map pinned, at offset 20. The kernel does not interpret it.</summary>
    public EbpfPinType Pinning;
}
