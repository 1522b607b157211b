using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Tests.Hooks;

/// <summary>What becomes of an event, for each answer that a program can give.</summary>
public class VerdictTests
{
    [Theory]
    [InlineData(NetworkEventKind.Packet, BpfAttachType.Xdp, 0, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Packet, BpfAttachType.Xdp, 1, NetworkAction.Permit)]
    [InlineData(NetworkEventKind.Packet, BpfAttachType.Xdp, 2, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Packet, BpfAttachType.Xdp, 3, NetworkAction.Transmit)]
    [InlineData(NetworkEventKind.Packet, BpfAttachType.Xdp, 4, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.Bind, 0, NetworkAction.Permit)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.Bind, 1, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.Bind, 2, NetworkAction.Redirect)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.Bind, 3, NetworkAction.PermitHard)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.Bind, 4, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Unbind, BpfAttachType.Bind, 1, NetworkAction.Permit)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.CgroupInet4Bind, 0, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.CgroupInet4Bind, 1, NetworkAction.Permit)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.CgroupInet4Bind, 2, NetworkAction.PermitHard)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.CgroupInet4Bind, 3, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Listen, BpfAttachType.CgroupInet4Listen, 0, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Listen, BpfAttachType.CgroupInet4Listen, 1, NetworkAction.Permit)]
    [InlineData(NetworkEventKind.Listen, BpfAttachType.CgroupInet4Listen, 2, NetworkAction.PermitHard)]
    [InlineData(NetworkEventKind.Accept, BpfAttachType.CgroupInet4RecvAccept, 0, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Accept, BpfAttachType.CgroupInet4RecvAccept, 1, NetworkAction.Permit)]
    [InlineData(NetworkEventKind.Accept, BpfAttachType.CgroupInet4RecvAccept, 9, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Connect, BpfAttachType.CgroupInet4Connect, 0, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Connect, BpfAttachType.CgroupInet4Connect, 1, NetworkAction.Permit)]
    [InlineData(NetworkEventKind.Connect, BpfAttachType.CgroupInet4Connect, 2, NetworkAction.PermitHard)]
    [InlineData(NetworkEventKind.Connect, BpfAttachType.CgroupInet4Connect, 3, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Connect, BpfAttachType.CgroupInet4ConnectAuthorization, 0, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Connect, BpfAttachType.CgroupInet4ConnectAuthorization, 1, NetworkAction.Permit)]
    [InlineData(NetworkEventKind.Connect, BpfAttachType.CgroupInet4ConnectAuthorization, 2, NetworkAction.PermitHard)]
    [InlineData(NetworkEventKind.ConnectionEstablished, BpfAttachType.CgroupSockOps, 0, NetworkAction.Permit)]
    [InlineData(NetworkEventKind.ConnectionEstablished, BpfAttachType.CgroupSockOps, 1, NetworkAction.Block)]
    [InlineData(NetworkEventKind.ConnectionAccepted, BpfAttachType.CgroupSockOps, 1, NetworkAction.Block)]
    [InlineData(NetworkEventKind.ConnectionClosed, BpfAttachType.CgroupSockOps, 1, NetworkAction.Permit)]
    public void An_answer_becomes_an_action(NetworkEventKind kind, BpfAttachType type, uint answer, NetworkAction action)
    {
        using Network network = new();
        TestLink link = network.Attach(type, answer);
        NetworkVerdict verdict = network.Deliver(Sample.Of(kind));
        Assert.Equal((action, 1, answer, EbpfResult.Success), (verdict.Action, verdict.Programs, verdict.ProgramResult, verdict.Status));
        link.Detach();
        Assert.Equal(NetworkAction.NotFiltered, network.Deliver(Sample.Of(kind)).Action);
        Assert.Equal(1, link.Runs);
    }

    [Theory]
    [InlineData(NetworkEventKind.Packet, BpfAttachType.Xdp, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.Bind, NetworkAction.Permit)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.CgroupInet4Bind, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Listen, BpfAttachType.CgroupInet4Listen, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Accept, BpfAttachType.CgroupInet4RecvAccept, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Connect, BpfAttachType.CgroupInet4Connect, NetworkAction.Block)]
    [InlineData(NetworkEventKind.Connect, BpfAttachType.CgroupInet4ConnectAuthorization, NetworkAction.Block)]
    [InlineData(NetworkEventKind.ConnectionEstablished, BpfAttachType.CgroupSockOps, NetworkAction.Permit)]
    public void A_program_that_cannot_be_run_blocks_or_not_as_its_hook_has_it(NetworkEventKind kind, BpfAttachType type, NetworkAction action)
    {
        using Network network = new();
        TestLink link = network.Attach(type, 1);
        link.Fails = EbpfResult.ExtensionFailedToLoad;
        NetworkVerdict verdict = network.Deliver(Sample.Of(kind));
        Assert.Equal((action, EbpfResult.ExtensionFailedToLoad), (verdict.Action, verdict.Status));
        link.Detach();
    }

    [Theory]
    [InlineData(BpfAttachType.Xdp, NetworkEventKind.Packet)]
    [InlineData(BpfAttachType.CgroupInet4RecvAccept, NetworkEventKind.Accept)]
    [InlineData(BpfAttachType.CgroupSockOps, NetworkEventKind.ConnectionEstablished)]
    public void The_program_of_an_events_own_number_is_asked_before_the_one_for_all(BpfAttachType type, NetworkEventKind kind)
    {
        using Network network = new();
        List<string> log = [];
        TestLink all = network.Attach(type, TestProgram.Named("all", log, 1));
        TestLink one = network.Attach(type, TestProgram.Named("five", log, 1), 5, 0, 0, 0);
        network.Deliver(Sample.Of(kind) with { InterfaceIndex = 5, CompartmentId = 5 });
        network.Deliver(Sample.Of(kind) with { InterfaceIndex = 6, CompartmentId = 6 });
        Assert.Equal(["five", "all"], log);
        all.Detach();
        network.Deliver(Sample.Of(kind) with { InterfaceIndex = 6, CompartmentId = 6 });
        Assert.Equal(2, log.Count);
        one.Detach();
    }

    [Fact]
    public void Connect_programs_run_in_order_those_of_the_compartment_first_then_those_of_all_then_authorization()
    {
        using Network network = new();
        List<string> log = [];
        TestLink[] links =
        [
            network.Attach(BpfAttachType.CgroupInet4ConnectAuthorization, TestProgram.Named("authorize", log, 1)),
            network.Attach(BpfAttachType.CgroupInet4Connect, TestProgram.Named("all", log, 1)),
            network.Attach(BpfAttachType.CgroupInet4Connect, TestProgram.Named("one", log, 1), 1, 0, 0, 0),
            network.Attach(BpfAttachType.CgroupInet4Connect, TestProgram.Named("one too", log, 1), 1, 0, 0, 0),
            network.Attach(BpfAttachType.CgroupInet4Connect, TestProgram.Named("two", log, 1), 2, 0, 0, 0),
            network.Attach(BpfAttachType.CgroupInet6Connect, TestProgram.Named("six", log, 1)),
        ];
        NetworkVerdict verdict = network.Deliver(Sample.Connect);
        Assert.Equal(["one", "one too", "all", "authorize"], log);
        Assert.Equal(4, verdict.Programs);
        log.Clear();
        network.Deliver(Sample.Connect.V6());
        Assert.Equal(["six"], log);
        Array.ForEach(links, l => l.Detach());
    }

    [Theory]
    [InlineData("1 1", NetworkAction.Permit, 2)]
    [InlineData("1 2", NetworkAction.PermitHard, 2)]
    [InlineData("2 1", NetworkAction.PermitHard, 2)]
    [InlineData("2 0", NetworkAction.Block, 2)]
    [InlineData("0 2", NetworkAction.Block, 1)]
    [InlineData("7 2", NetworkAction.Block, 1)]
    public void The_strictest_of_several_answers_counts_and_a_reject_ends_the_asking(string answers, NetworkAction action, int programs)
    {
        foreach ((BpfAttachType type, NetworkEventKind kind) in new[]
        {
            (BpfAttachType.CgroupInet4Connect, NetworkEventKind.Connect),
            (BpfAttachType.CgroupInet4ConnectAuthorization, NetworkEventKind.Connect),
            (BpfAttachType.CgroupInet4Bind, NetworkEventKind.Bind),
        })
        {
            using Network network = new();
            List<TestLink> links =
                [.. answers.Split(' ').Select(a => network.Attach(type, uint.Parse(a, System.Globalization.CultureInfo.InvariantCulture)))];
            NetworkVerdict verdict = network.Deliver(Sample.Of(kind));
            Assert.Equal((action, programs), (verdict.Action, verdict.Programs));
            links.ForEach(l => l.Detach());
        }
    }

    [Theory]
    [InlineData(2, 1, NetworkAction.Permit)]
    [InlineData(1, 2, NetworkAction.PermitHard)]
    [InlineData(2, 2, NetworkAction.PermitHard)]
    [InlineData(2, 0, NetworkAction.Block)]
    public void Of_connect_programs_of_a_compartment_and_of_all_the_later_ones_decide(uint compartments, uint everybodys, NetworkAction action)
    {
        using Network network = new();
        TestLink all = network.Attach(BpfAttachType.CgroupInet4Connect, everybodys);
        TestLink one = network.Attach(BpfAttachType.CgroupInet4Connect, TestProgram.Named("one", [], compartments), 1, 0, 0, 0);
        Assert.Equal((action, 2), (network.Deliver(Sample.Connect).Action, network.Deliver(Sample.Connect).Programs));
        all.Detach();
        one.Detach();
    }

    [Fact]
    public unsafe void What_a_bind_program_writes_moves_nothing_but_the_next_one_sees_it()
    {
        using Network network = new();
        ushort seen = 0;
        TestLink writes = network.Attach(BpfAttachType.CgroupInet4Bind, (_, context) =>
        {
            ((BpfSockAddr*)context)->UserPort = 7;
            return (uint)SockAddrVerdict.ProceedSoft;
        });
        TestLink reads = network.Attach(BpfAttachType.CgroupInet4Bind, (_, context) =>
        {
            seen = ((BpfSockAddr*)context)->UserPort;
            return (uint)SockAddrVerdict.ProceedSoft;
        });
        NetworkVerdict verdict = network.Deliver(Sample.Bind);
        Assert.Equal((NetworkAction.Permit, Sample.Bind.LocalPort, (ushort)7), (verdict.Action, verdict.Port, seen));
        writes.Detach();
        reads.Detach();
    }

    [Fact]
    public unsafe void A_connect_program_sends_a_connection_elsewhere_and_those_after_it_are_not_asked()
    {
        using Network network = new();
        NetworkAddress proxy = NetworkAddress.Parse("127.0.0.1");
        TestLink redirects = network.Attach(BpfAttachType.CgroupInet4Connect, (_, context) =>
        {
            var address = (BpfSockAddr*)context;
            Assert.Equal((NetworkFamily.V4, Sample.Connect.RemoteAddress.V4, 0xBB01), (address->Family, address->UserIp4, address->UserPort));
            Assert.Equal(0ul, address->InterfaceLuid);
            address->UserIp4 = proxy.V4;
            address->UserPort = 0x901F; // 8080
            return (uint)SockAddrVerdict.ProceedSoft;
        });
        TestLink never = network.Attach(BpfAttachType.CgroupInet4Connect, 0);
        TestLink authorizes = network.Attach(BpfAttachType.CgroupInet4ConnectAuthorization, (_, context) =>
        {
            var address = (BpfSockAddr*)context;
            Assert.Equal(proxy.V4, address->UserIp4);
            Assert.Equal(Sample.Connect.InterfaceLuid, address->InterfaceLuid);
            address->UserPort = 1; // taken back
            return (uint)SockAddrVerdict.ProceedHard;
        });
        NetworkVerdict verdict = network.Deliver(Sample.Connect);
        Assert.Equal((NetworkAction.Redirect, proxy, 8080, 2), (verdict.Action, verdict.Address, verdict.Port, verdict.Programs));
        Assert.Equal(0, never.Runs);
        Array.ForEach([redirects, never, authorizes], l => l.Detach());
    }

    [Fact]
    public unsafe void A_mapped_address_is_shown_to_the_IPv4_hook_and_a_redirected_one_is_mapped_again()
    {
        using Network network = new();
        TestLink six = network.Attach(BpfAttachType.CgroupInet6Connect, 0);
        TestLink four = network.Attach(BpfAttachType.CgroupInet4Connect, (_, context) =>
        {
            var address = (BpfSockAddr*)context;
            Assert.Equal((NetworkFamily.V4, NetworkAddress.Parse("198.18.0.9").V4), (address->Family, address->UserIp4));
            address->UserIp4 = NetworkAddress.Parse("198.18.0.10").V4;
            return 1;
        });
        NetworkVerdict verdict = network.Deliver(Sample.Connect.V6() with { RemoteAddress = NetworkAddress.Parse("::ffff:198.18.0.9") });
        Assert.Equal((NetworkAction.Redirect, NetworkAddress.Parse("::ffff:198.18.0.10")), (verdict.Action, verdict.Address));
        six.Detach();
        four.Detach();
    }

    [Fact]
    public unsafe void A_bind_program_sees_address_process_and_file_name_and_may_name_another_port()
    {
        using Network network = new();
        TestLink link = network.Attach(BpfAttachType.Bind, (_, context) =>
        {
            var bind = (BindMd*)context;
            Assert.Equal((4242ul, BindOperation.Bind, NetworkEvent.Tcp), (bind->ProcessId, bind->Operation, bind->Protocol));
            Assert.Equal("browser.exe\0", new string((char*)bind->AppIdStart, 0, (int)(bind->AppIdEnd - bind->AppIdStart) / 2));
            Assert.Equal((ushort)50000, *(ushort*)(bind->SocketAddress + 2));
            *(ushort*)(bind->SocketAddress + 2) = 50001;
            return (uint)BindAction.Redirect;
        });
        NetworkVerdict verdict = network.Deliver(Sample.Bind);
        Assert.Equal((NetworkAction.Redirect, 50001, Sample.Bind.LocalAddress), (verdict.Action, verdict.Port, verdict.Address));
        link.Detach();
    }

    [Fact]
    public void Both_kinds_of_bind_program_are_asked_and_either_can_refuse()
    {
        using Network network = new();
        TestLink soft = network.Attach(BpfAttachType.Bind, (uint)BindAction.PermitSoft);
        TestLink cgroup = network.Attach(BpfAttachType.CgroupInet4Bind, (uint)SockAddrVerdict.Reject);
        NetworkVerdict verdict = network.Deliver(Sample.Bind);
        Assert.Equal((NetworkAction.Block, 2), (verdict.Action, verdict.Programs));
        soft.Detach();
        TestLink deny = network.Attach(BpfAttachType.Bind, (uint)BindAction.Deny);
        verdict = network.Deliver(Sample.Bind);
        Assert.Equal((NetworkAction.Block, 1), (verdict.Action, verdict.Programs));
        deny.Detach();
        cgroup.Detach();
    }
}
