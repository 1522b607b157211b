using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>Information about a link: <c>struct bpf_link_info</c>, 56 bytes, the tail of operation 25's reply.</summary>
[UpstreamStruct("struct bpf_link_info", 56)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 56)]
public struct BpfLinkInfo
{
    /// <summary>The link's id.</summary>
    [FieldOffset(0)]
    public uint Id;

    /// <summary>Id of the attached program.</summary>
    [FieldOffset(4)]
    public uint ProgId;

    /// <summary>How the program is attached.</summary>
    [FieldOffset(8)]
    public BpfLinkType Type;

    /// <summary>The attach type as a number.</summary>
    [FieldOffset(12)]
    public BpfAttachType AttachType;

    /// <summary>The attach type as a GUID.</summary>
    [FieldOffset(16)]
    public Guid AttachTypeUuid;

    /// <summary>GUID of the program type.</summary>
    [FieldOffset(32)]
    public Guid ProgramTypeUuid;

    /// <summary>The attach data: a compartment id, or <see cref="XdpIfindex"/> in the low half.</summary>
    [FieldOffset(48)]
    public ulong AttachData;

    /// <summary>The network interface, where <see cref="Type"/> is <see cref="BpfLinkType.Xdp"/>.</summary>
    [FieldOffset(48)]
    public uint XdpIfindex;
}
