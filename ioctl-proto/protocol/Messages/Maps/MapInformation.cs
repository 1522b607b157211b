using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// A map with its definition and name, <c>ebpf_map_information_t</c>. Upstream declares it but does not use it.
/// </summary>
[UpstreamStruct("ebpf_map_information_t", 56, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct MapInformation
{
    /// <summary>Offset of <c>data</c> in bytes.</summary>
    public const int TailOffset = 48;

    /// <summary>Size of the whole record in bytes.</summary>
    [FieldOffset(0)]
    public ushort Length;

    /// <summary>Handle of the map.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;

    /// <summary>The map's definition.</summary>
    [FieldOffset(16)]
    public EbpfMapDefinitionInFile Definition;
}
