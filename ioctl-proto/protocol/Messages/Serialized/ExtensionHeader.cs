using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>Version and size of a structure that extensions share with the driver: <c>ebpf_extension_header_t</c>, 24 bytes.</summary>
[UpstreamStruct("ebpf_extension_header_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct ExtensionHeader
{
    /// <summary>The structure's version.</summary>
    [FieldOffset(0)]
    public ushort Version;

    /// <summary>Size up to the end of the last field, in bytes.</summary>
    [FieldOffset(8)]
    public ulong Size;

    /// <summary>Size with padding, in bytes.</summary>
    [FieldOffset(16)]
    public ulong TotalSize;
}
