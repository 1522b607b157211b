using System.Runtime.InteropServices;
using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol;

/// <summary>A map's definition in an object file: <c>ebpf_map_definition_in_file_t</c>, 32 bytes. No message contains it.</summary>
[UpstreamStruct("ebpf_map_definition_in_file_t", 32)]
[StructLayout(LayoutKind.Sequential)]
public struct EbpfMapDefinitionInFile
{
    /// <summary>The map type, at offset 0.</summary>
    public BpfMapType Type;

    /// <summary>Key size in bytes, at offset 4.</summary>
    public uint KeySize;

    /// <summary>Size of one CPU's value in bytes, at offset 8.</summary>
    public uint ValueSize;

    /// <summary>Maximum number of entries, or bytes for ring buffers, at offset 12.</summary>
    public uint MaxEntries;

    /// <summary>Index of the template in the file's map section, at offset 16.</summary>
    public uint InnerMapIdx;

    /// <summary>How the map is to be pinned, at offset 20.</summary>
    public EbpfPinType Pinning;

    /// <summary>The map's number within the file, at offset 24.</summary>
    public uint Id;

    /// <summary>The template's number within the file, or 0, at offset 28.</summary>
    public uint InnerId;
}
