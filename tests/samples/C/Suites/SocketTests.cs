using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Decisions about connections in both families and protocols: upstream's socket_tests.cpp.</summary>
public sealed class SocketTests : IDisposable
{
    private const uint Reject = 0;
    private const uint ProceedSoft = 1;
    private const uint ProceedHard = 2;
    private const ushort Port = 8080;

    private readonly SuiteLab _lab = new();

    /// <summary>A program, its event, whether the addresses are IPv6, the protocol, the engine.</summary>
    public static TheoryData<string, NetworkEventKind, bool, byte, EbpfExecutionType> Rules
    {
        get
        {
            TheoryData<string, NetworkEventKind, bool, byte, EbpfExecutionType> rows = [];
            foreach ((string program, NetworkEventKind kind) in ((string, NetworkEventKind)[])[
                ("connect", NetworkEventKind.Connect), ("accept", NetworkEventKind.Accept), ("authorize", NetworkEventKind.Connect)])
            {
                foreach (byte protocol in (byte[])[NetworkEvent.Tcp, NetworkEvent.Udp])
                {
                    foreach (EbpfExecutionType engine in SuiteLab.Engines.Select(r => r.Data))
                    {
                        rows.Add(program, kind, false, protocol, engine);
                        rows.Add(program, kind, true, protocol, engine);
                    }
                }
            }

            return rows;
        }
    }

    /// <summary>A program, its event, whether the addresses are IPv6, the engine.</summary>
    public static TheoryData<string, NetworkEventKind, bool, EbpfExecutionType> Known
    {
        get
        {
            TheoryData<string, NetworkEventKind, bool, EbpfExecutionType> rows = [];
            foreach ((string program, NetworkEventKind kind) in ((string, NetworkEventKind)[])[
                ("know_authorized", NetworkEventKind.Connect), ("know_bound", NetworkEventKind.Bind), ("know_listening", NetworkEventKind.Listen)])
            {
                foreach (EbpfExecutionType engine in SuiteLab.Engines.Select(r => r.Data))
                {
                    rows.Add(program, kind, false, engine);
                    rows.Add(program, kind, true, engine);
                }
            }

            return rows;
        }
    }

    public static TheoryData<bool, byte, EbpfExecutionType> Connections => new()
    {
        { false, NetworkEvent.Tcp, EbpfExecutionType.Jit },
        { true, NetworkEvent.Tcp, EbpfExecutionType.Jit },
        { false, NetworkEvent.Udp, EbpfExecutionType.Interpret },
        { true, NetworkEvent.Udp, EbpfExecutionType.Interpret },
    };

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_connection_is_what_its_rule_says(string program, NetworkEventKind kind, bool isV6, byte protocol, EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("sockets", engine);
        _lab.Attach(loaded, program + (isV6 ? "6" : "4"));
        int rules = _lab.MapFd(loaded, kind == NetworkEventKind.Accept ? "ingress" : "egress");
        NetworkEvent happens = Event(kind, isV6, protocol);
        Assert.Equal(NetworkAction.Block, Deliver(happens).Action);
        Rule rule = RuleOf(happens);
        foreach ((uint verdict, NetworkAction action) in ((uint, NetworkAction)[])[
            (ProceedSoft, NetworkAction.Permit), (ProceedHard, NetworkAction.PermitHard), (77, NetworkAction.Block), (Reject, NetworkAction.Block)])
        {
            Assert.Equal(0, _lab.Update(rules, rule, verdict));
            Assert.Equal((action, verdict), (Deliver(happens).Action, Deliver(happens).ProgramResult));
        }

        Assert.Equal(NetworkAction.NotFiltered, Deliver(Event(kind, !isV6, protocol)).Action);
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void A_program_knows_the_socket_its_owner_and_the_way(string program, NetworkEventKind kind, bool isV6, EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("sockets", engine);
        _lab.Attach(loaded, program + (isV6 ? "6" : "4"));
        NetworkEvent happens = Event(kind, isV6, NetworkEvent.Tcp);
        Assert.Equal(NetworkAction.Permit, Deliver(happens).Action);
        KnownFacts known = _lab.Find<uint, KnownFacts>(_lab.MapFd(loaded, "known"), 0);
        // A socket that binds or listens has no cookie yet.
        ulong cookie = kind == NetworkEventKind.Connect ? 99ul : 0;
        Assert.Equal((cookie, 4242ul, 1u), (known.Cookie, known.Process, known.Compartment));
        Assert.Equal((6u, happens.InterfaceLuid), (known.InterfaceType, known.Luid));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Connect_programs_send_connections_elsewhere(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("sockets", engine);
        _lab.Attach(loaded, "redirect4");
        _lab.Attach(loaded, "redirect6");
        foreach ((bool isV6, string target) in ((bool, string)[])[(false, "127.0.0.1"), (true, "::1")])
        {
            NetworkEvent connect = Event(NetworkEventKind.Connect, isV6, NetworkEvent.Tcp) with { RemotePort = 80 };
            connect = isV6 ? connect with { RemoteAddress = NetworkAddress.Parse("::2") } : connect;
            NetworkVerdict verdict = Deliver(connect);
            Assert.Equal((NetworkAction.Redirect, NetworkAddress.Parse(target), Port), (verdict.Action, verdict.Address, verdict.Port));
            Assert.Equal(NetworkAction.Permit, Deliver(connect with { RemotePort = 81 }).Action);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Of_several_programs_the_strictest_counts_in_any_order_of_attaching(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("sockets", engine);
        NetworkEvent connect = Event(NetworkEventKind.Connect, false, NetworkEvent.Tcp);
        bpf_link[] links = [_lab.Attach(loaded, "hard4"), _lab.Attach(loaded, "know_authorized4"), _lab.Attach(loaded, "redirect4")];
        Assert.Equal(3, Deliver(connect).Programs);
        Assert.NotEqual(NetworkAction.Block, Deliver(connect).Action);
        bpf_link unknown = _lab.Attach(loaded, "unknown4");
        Assert.Equal(NetworkAction.Block, Deliver(connect).Action);
        _lab.Detach(unknown);
        Assert.NotEqual(NetworkAction.Block, Deliver(connect).Action);
        Array.ForEach(links, _lab.Detach);
        Assert.Equal(NetworkAction.NotFiltered, Deliver(connect).Action);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void A_connection_leaves_a_record_of_its_beginning_and_its_end(bool isV6, byte protocol, EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("connections", engine);
        _lab.Attach(loaded, "monitor");
        List<Happened> seen = [];
        ring_buffer? ring = _lab.Library.ring_buffer__new(_lab.MapFd(loaded, "audit"), (_, data, _) =>
        {
            seen.Add(_lab.Read<Happened>(data));
            return 0;
        });
        NetworkEventKind[] kinds =
            [NetworkEventKind.ConnectionEstablished, NetworkEventKind.ConnectionAccepted, NetworkEventKind.ConnectionClosed];
        Assert.All(kinds, k => Assert.NotEqual(NetworkAction.Block, Deliver(Event(k, isV6, protocol)).Action));
        Assert.Equal(3, _lab.Library.ring_buffer__consume(ring));
        Assert.Equal([0u, 1u, 2u], seen.Select(h => h.Operation));
        Assert.All(seen, h => Assert.Equal((99ul, (uint)protocol), (h.Flow, h.Protocol)));
        _lab.Library.ring_buffer__free(ring);
    }

    [Theory]
    [InlineData("connect4", BpfAttachType.CgroupInet4Connect)]
    [InlineData("connect6", BpfAttachType.CgroupInet6Connect)]
    [InlineData("accept4", BpfAttachType.CgroupInet4RecvAccept)]
    [InlineData("accept6", BpfAttachType.CgroupInet6RecvAccept)]
    [InlineData("authorize4", BpfAttachType.CgroupInet4ConnectAuthorization)]
    [InlineData("authorize6", BpfAttachType.CgroupInet6ConnectAuthorization)]
    [InlineData("know_bound4", BpfAttachType.CgroupInet4Bind)]
    [InlineData("know_listening6", BpfAttachType.CgroupInet6Listen)]
    public void A_program_is_attached_to_one_compartment_or_to_all(string name, BpfAttachType type)
    {
        bpf_object loaded = _lab.Load("sockets", EbpfExecutionType.Jit);
        bpf_program program = _lab.Program(loaded, name);
        Assert.Equal(type, Libbpf.bpf_program__get_expected_attach_type(program));
        Assert.Equal(EbpfResult.Success, Libbpf.ebpf_get_ebpf_attach_type(type, out Guid id));
        foreach (uint compartment in (uint[])[0, 1])
        {
            ulong parameter = _lab.Put(compartment);
            Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_program_attach(program, null, parameter, 4, out bpf_link? link));
            int fd = Libbpf.bpf_program__fd(program);
            Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_program_detach(fd, id, parameter, 4));
            Assert.Equal(0, _lab.Library.bpf_link__destroy(link));
        }
    }

    [Fact]
    public void A_monitor_of_connections_is_attached_to_one_compartment_or_to_all()
    {
        bpf_program program = _lab.Program(_lab.Load("connections", EbpfExecutionType.Jit), "monitor");
        foreach (uint compartment in (uint[])[0, 1])
        {
            Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_program_attach(program, null, _lab.Put(compartment), 4, out bpf_link? link));
            Assert.Equal(0, _lab.Library.bpf_link__destroy(link));
        }
    }

    private static NetworkEvent Event(NetworkEventKind kind, bool isV6, byte protocol) => new(kind)
    {
        IsV6 = isV6,
        Protocol = protocol,
        LocalAddress = NetworkAddress.Parse(isV6 ? "fd00::1" : "10.0.0.1"),
        LocalPort = Port,
        RemoteAddress = NetworkAddress.Parse(isV6 ? "2001:db8::7" : "198.18.0.7"),
        RemotePort = Port,
        InterfaceIndex = 3,
        ProcessId = 4242,
        EndpointId = 99,
    };

    private static unsafe Rule RuleOf(NetworkEvent happens)
    {
        NetworkAddress end = happens.Kind == NetworkEventKind.Accept ? happens.LocalAddress : happens.RemoteAddress;
        byte[] address = end.ToIPAddress(happens.Family).GetAddressBytes();
        Rule rule = new()
        {
            Port = BinaryPrimitives.ReverseEndianness(Port),
            Family = (ushort)(happens.IsV6 ? 23 : 2),
            Protocol = happens.Protocol,
        };
        address.CopyTo(new Span<byte>(rule.Address, 16));
        return rule;
    }

    private NetworkVerdict Deliver(NetworkEvent happens) => _lab.Network.Deliver(0, happens);

    private unsafe struct Rule
    {
        public fixed byte Address[16];
        public ushort Port;
        public ushort Family;
        public uint Protocol;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct KnownFacts
    {
        public readonly ulong Cookie;
        public readonly ulong Process;
        public readonly ulong Luid;
        public readonly ulong NextHop;
        public readonly uint InterfaceType;
        public readonly uint Compartment;
    }

    [StructLayout(LayoutKind.Explicit, Size = 40)]
    private readonly struct Happened
    {
        [FieldOffset(0)]
        public readonly ulong Flow;

        [FieldOffset(28)]
        public readonly uint Operation;

        [FieldOffset(32)]
        public readonly uint Protocol;
    }
}
