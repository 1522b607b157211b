using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Packets and interfaces: upstream's end_to_end.cpp, <c>droppacket</c>, and libbpf_test.cpp, <c>bpf_set_link_xdp_fd</c>.</summary>
public sealed class XdpTests : IDisposable
{
    private const int Interface = 17;
    private const uint Replace = 1;

    private readonly SuiteLab _lab = new();

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public void Packets_are_dropped_on_the_interface_that_the_map_names(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("drop", engine);
        _lab.Attach(loaded, "drop_empty");
        Assert.Equal(0, _lab.Update(_lab.MapFd(loaded, "interfaces"), 0u, (uint)Interface));
        int dropped = _lab.MapFd(loaded, "dropped");
        Assert.Equal((NetworkAction.Block, 1ul), (Deliver(Interface, payload: 0), _lab.Find<uint, ulong>(dropped, 0)));
        Assert.Equal(0, Library.bpf_map_delete_elem(dropped, _lab.Put(0u)));
        Assert.Equal((NetworkAction.Permit, 0ul), (Deliver(Interface, payload: 10), _lab.Find<uint, ulong>(dropped, 0)));
        Assert.Equal((NetworkAction.Permit, 0ul), (Deliver(Interface + 1, payload: 0), _lab.Find<uint, ulong>(dropped, 0)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_is_attached_to_an_interface_replaced_and_detached(EbpfExecutionType engine)
    {
        int[] programs = [.. Enumerable.Range(0, 2).Select(_ => _lab.ProgramFd(_lab.Load("drop", engine), "drop_empty"))];
        uint[] ids = [.. programs.Select(fd => _lab.Info<BpfProgInfo>(fd).Id)];
        foreach (int index in (int[])[Interface, 0])
        {
            Assert.Equal(-(int)Errno.ENOENT, Query(index).Result);
            Assert.Equal(0, Library.bpf_xdp_attach(index, programs[0], 0));
            Assert.Equal((0, ids[0]), Query(index));
            Assert.Equal(0, Library.bpf_xdp_attach(index, programs[1], Replace));
            Assert.Equal((0, ids[1]), Query(index));
            Assert.Equal(0, Library.bpf_xdp_detach(index, Replace));
            Assert.Equal(-(int)Errno.ENOENT, Query(index).Result);
        }
    }

    private (int Result, uint Id) Query(int index)
    {
        ulong id = _lab.Put(0u);
        int result = Library.bpf_xdp_query_id(index, 0, id);
        return (result, _lab.Read<uint>(id));
    }

    private NetworkAction Deliver(int index, ushort payload) => _lab.Network.Deliver(0, new NetworkEvent(NetworkEventKind.Packet)
    {
        Protocol = NetworkEvent.Udp,
        InterfaceIndex = (uint)index,
        LocalPort = 53,
        PayloadLength = payload,
    }).Action;
}
