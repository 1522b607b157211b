using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>
/// An IPv4 or IPv6 address as contexts hold it, 16 bytes in network byte order: <c>IN6_ADDR</c>, or <c>IN_ADDR</c> in the first four
/// followed by zeros. The family is a separate field of the context or the event.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = ByteCount)]
public readonly record struct NetworkAddress
{
    /// <summary>Size of an IPv6 address in bytes.</summary>
    public const int ByteCount = 16;

    private const int V4ByteCount = 4;
    private const uint MappedPrefix = 0xFFFF;

    private readonly uint _first;
    private readonly uint _second;
    private readonly uint _third;
    private readonly uint _fourth;

    private NetworkAddress(uint first, uint second = 0, uint third = 0, uint fourth = 0)
    {
        _first = first;
        _second = second;
        _third = third;
        _fourth = fourth;
    }

    /// <summary>The unspecified address: <c>0.0.0.0</c> or <c>::</c>.</summary>
    public static NetworkAddress Any => default;

    /// <summary>An IPv4 address as a 32-bit number in network byte order, as <c>user_ip4</c> holds it.</summary>
    public uint V4 => _first;

    /// <summary>An IPv4 address as a number in host byte order: the reverse of <see cref="FromV4"/>.</summary>
    public uint V4HostOrder => BigEndian(_first);

    /// <summary>Whether it is an IPv6 address that stands for an IPv4 one, <c>::ffff:a.b.c.d</c>: <c>IN6_IS_ADDR_V4MAPPED</c>.</summary>
    public bool IsV4Mapped => _first == 0 && _second == 0 && _third == BigEndian(MappedPrefix);

    /// <summary>The IPv4 address that a mapped one stands for.</summary>
    public NetworkAddress UnmappedV4 => new(_fourth);

    /// <summary>The IPv6 address that stands for an IPv4 one.</summary>
    public NetworkAddress MappedToV6 => new(0, 0, BigEndian(MappedPrefix), _first);

    /// <summary>Creates an IPv4 address from its number in host byte order: 0x0A000001 is 10.0.0.1.</summary>
    public static NetworkAddress FromV4(uint hostOrder) => new(BigEndian(hostOrder));

    /// <summary>Converts from the .NET type.</summary>
    public static NetworkAddress From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        NetworkAddress result = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<NetworkAddress>(ref result));
        address.TryWriteBytes(bytes, out _);
        return result;
    }

    /// <summary>Parses text such as <c>10.0.0.1</c> or <c>fe80::1</c>.</summary>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static NetworkAddress Parse(string text) => From(IPAddress.Parse(text));

    /// <summary>Converts to the .NET type.</summary>
    /// <param name="family">The family of the address.</param>
    public IPAddress ToIPAddress(AddressFamily family)
    {
        NetworkAddress copy = this;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<NetworkAddress>(in copy));
        return new IPAddress(bytes[..(family == AddressFamily.InterNetworkV6 ? ByteCount : V4ByteCount)]);
    }

    /// <summary>Writes its 16 bytes.</summary>
    internal void WriteTo(Span<byte> bytes) => MemoryMarshal.Write(bytes, this);

    /// <summary>An address in an IPv6 network, with a number in its last 32 bits.</summary>
    internal static NetworkAddress FromV6(uint prefix, uint host) => new(BigEndian(prefix), 0, 0, BigEndian(host));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BigEndian(uint value) =>
        BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value) : value;
}
