using System.Runtime.InteropServices;
using KernelSim.NetEbpfExt.Contexts;

namespace KernelSim.NetEbpfExt.Tests.Contexts;

public class LayoutTests
{
    [Theory]
    [InlineData(typeof(XdpMd), 32)]
    [InlineData(typeof(BindMd), 56)]
    [InlineData(typeof(BpfSockAddr), 64)]
    [InlineData(typeof(BpfSockOps), 64)]
    [InlineData(typeof(SockAddrNetworkContext), 32)]
    [InlineData(typeof(SockAddrTestContext), 120)]
    [InlineData(typeof(NetworkAddress), 16)]
    public void A_context_has_the_size_that_the_C_compiler_gives_it(Type type, int size)
    {
        Assert.Equal(size, Marshal.SizeOf(type));
    }

    // Laid out by the rules of the C compiler from the field lists of ebpf_nethooks.h and xdp_hooks.h.
    [Theory]
    [InlineData(typeof(XdpMd), "Data DataEnd DataMeta IngressIfindex", "0 8 16 24")]
    [InlineData(
        typeof(BindMd),
        "AppIdStart AppIdEnd ProcessId SocketAddress SocketAddressLength Operation Protocol",
        "0 8 16 24 40 44 48")]
    [InlineData(
        typeof(BpfSockAddr),
        "Family MsgSrcIp4 MsgSrcIp6 MsgSrcPort UserIp4 UserIp6 UserPort Protocol CompartmentId InterfaceLuid",
        "0 4 4 20 24 24 40 44 48 56")]
    [InlineData(
        typeof(BpfSockOps),
        "Op Family LocalIp4 LocalIp6 LocalPort RemoteIp4 RemoteIp6 RemotePort Protocol CompartmentId InterfaceLuid",
        "0 4 8 8 24 28 28 44 48 52 56")]
    [InlineData(
        typeof(SockAddrNetworkContext),
        "Version InterfaceType TunnelType NextHopInterfaceLuid SubInterfaceIndex",
        "0 4 8 16 24")]
    [InlineData(typeof(SockAddrTestContext), "Header Context NetworkContext", "0 24 88")]
    public void Its_fields_are_where_the_C_compiler_puts_them(Type type, string fields, string offsets)
    {
        Assert.Equal(offsets, string.Join(' ', fields.Split(' ').Select(f => Marshal.OffsetOf(type, f))));
    }

    [Fact]
    public void An_address_is_in_network_byte_order_and_says_so_in_text()
    {
        NetworkAddress v4 = NetworkAddress.FromV4(0x0A000102);
        Assert.Equal(v4, NetworkAddress.Parse("10.0.1.2"));
        Assert.Equal("10.0.1.2", v4.ToIPAddress(System.Net.Sockets.AddressFamily.InterNetwork).ToString());
        Assert.Equal([10, 0, 1, 2], BitConverter.GetBytes(v4.V4));
        Assert.Equal(0x0A000102u, v4.V4HostOrder);
    }

    [Fact]
    public void A_mapped_address_stands_for_an_IPv4_one()
    {
        NetworkAddress mapped = NetworkAddress.Parse("::ffff:10.0.1.2");
        Assert.True(mapped.IsV4Mapped);
        Assert.Equal(NetworkAddress.Parse("10.0.1.2"), mapped.UnmappedV4);
        Assert.Equal(mapped, mapped.UnmappedV4.MappedToV6);
        Assert.False(NetworkAddress.Parse("fe80::1").IsV4Mapped);
        Assert.False(NetworkAddress.Any.IsV4Mapped);
    }
}
