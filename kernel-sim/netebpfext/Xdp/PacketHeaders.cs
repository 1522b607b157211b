namespace KernelSim.NetEbpfExt.Xdp;

/// <summary>The Ethernet header: offsets of its fields, and its types of payload.</summary>
internal static class EthernetHeader
{
    public const int ByteCount = 14;
    public const int Destination = 0;
    public const int Source = 6;
    public const int EtherType = 12;

    public const ushort TypeIpv4 = 0x0800;
    public const ushort TypeIpv6 = 0x86DD;

    /// <summary>The first byte of an address that is administered locally, not by its manufacturer.</summary>
    public const byte LocallyAdministered = 0x02;
}

/// <summary>The IPv4 header without options.</summary>
internal static class Ipv4Header
{
    public const int ByteCount = 20;
    public const int VersionAndLength = 0;
    public const int TotalLength = 2;
    public const int TimeToLive = 8;
    public const int Protocol = 9;
    public const int Source = 12;
    public const int Destination = 16;

    /// <summary>Version 4 in the upper half; the header's length in 32-bit words in the lower.</summary>
    public const byte Version4 = (4 << 4) | (ByteCount / sizeof(uint));
}

/// <summary>The IPv6 header.</summary>
internal static class Ipv6Header
{
    public const int ByteCount = 40;
    public const int Version = 0;
    public const int PayloadLength = 4;
    public const int NextHeader = 6;
    public const int HopLimit = 7;
    public const int Source = 8;
    public const int Destination = 24;

    /// <summary>Version 6 in the upper half.</summary>
    public const byte Version6 = 6 << 4;
}

/// <summary>The first fields of both transport headers.</summary>
internal static class TransportHeader
{
    public const int SourcePort = 0;
    public const int DestinationPort = 2;
}

/// <summary>The TCP header without options.</summary>
internal static class TcpHeader
{
    public const int ByteCount = 20;
    public const int DataOffset = 12;

    /// <summary>The header's length in 32-bit words, in the upper half.</summary>
    public const byte NoOptions = (ByteCount / sizeof(uint)) << 4;
}

/// <summary>The UDP header.</summary>
internal static class UdpHeader
{
    public const int ByteCount = 8;
    public const int Length = 4;
}
