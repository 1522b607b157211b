using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_PROG_BIND_MAP</c> is given:
/// <c>sys_bpf_prog_bind_map_attr_t</c>, 12 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_prog_bind_map_attr_t", 12)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 12)]
public struct SysBpfProgBindMapAttr
{
    /// <summary>Descriptor of the program.</summary>
    [FieldOffset(0)]
    public uint ProgFd;

    /// <summary>Descriptor of the map.</summary>
    [FieldOffset(4)]
    public uint MapFd;

    /// <summary>Ignored.</summary>
    [FieldOffset(8)]
    public uint Flags;
}
