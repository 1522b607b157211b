using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;

namespace KernelSim.NetEbpfExt.Tests.Support;

/// <summary>One event of each kind, for tests to vary.</summary>
internal static class Sample
{
    public static NetworkEvent Packet => Of(NetworkEventKind.Packet) with { PayloadLength = 100 };

    public static NetworkEvent Bind => Of(NetworkEventKind.Bind);

    public static NetworkEvent Connect => Of(NetworkEventKind.Connect);

    public static NetworkEvent Accept => Of(NetworkEventKind.Accept);

    public static NetworkEvent Listen => Of(NetworkEventKind.Listen);

    public static NetworkEvent Established => Of(NetworkEventKind.ConnectionEstablished);

    public static NetworkEvent Of(NetworkEventKind kind) => new(kind)
    {
        LocalAddress = NetworkAddress.Parse("10.0.0.1"),
        LocalPort = 50000,
        RemoteAddress = NetworkAddress.Parse("198.18.0.7"),
        RemotePort = 443,
        InterfaceIndex = 3,
        CompartmentId = 1,
        ProcessId = 4242,
        LogonId = 99,
        EndpointId = 77,
        Application = @"\device\harddiskvolume1\programs\browser.exe",
    };

    public static NetworkEvent V6(this NetworkEvent @event) => @event with
    {
        IsV6 = true,
        LocalAddress = NetworkAddress.Parse("fd00::1"),
        RemoteAddress = NetworkAddress.Parse("2001:db8::7"),
    };
}
