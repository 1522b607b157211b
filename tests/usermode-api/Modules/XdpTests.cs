using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Modules;

/// <summary>XDP programs attached, replaced and found by interface: upstream's test_xdp_ifindex, and the steps around it.</summary>
public sealed class XdpTests : IDisposable
{
    private const uint Replace = 1;
    private const int Interface = 17;

    private readonly ModuleLab _lab = new();
    private readonly int[] _programs;
    private readonly uint[] _ids;
    private readonly ulong _id;

    public XdpTests()
    {
        _lab.InstallChanged("copy.sys", f => f);
        _programs = [_lab.Fd(_lab.Load("droppacket.sys"), "DropPacket"), _lab.Fd(_lab.Load("copy.sys"), "DropPacket")];
        _ids = [.. _programs.Select(_lab.ProgramId)];
        _id = _lab.Lab.Put(99u);
    }

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(Interface)]
    [InlineData(0)]
    public void A_program_is_attached_found_replaced_and_detached(int ifindex)
    {
        Assert.Equal((-(int)Errno.ENOENT, 0u), (Library.bpf_xdp_query_id(ifindex, 0, _id), _lab.Lab.Read<uint>(_id)));
        Assert.Equal(0, Library.bpf_xdp_attach(ifindex, _programs[0], 0));
        Assert.Equal(_ids[0], On(ifindex));
        Assert.Equal(0, Library.bpf_xdp_attach(ifindex, _programs[1], Replace));
        Assert.Equal(_ids[1], On(ifindex));
        Assert.Equal(0, Library.bpf_xdp_detach(ifindex, Replace));
        Assert.Equal(0u, On(ifindex));
        Assert.Equal(Errno.ENOENT, Library.errno);
    }

    [Fact]
    public void The_older_call_does_the_same()
    {
        Assert.Equal(0, Library.bpf_set_link_xdp_fd(Interface, _programs[0], 0));
        Assert.Equal(0, Library.bpf_set_link_xdp_fd(Interface, _programs[1], Replace));
        Assert.Equal(_ids[1], On(Interface));
        Assert.Equal(0, Library.bpf_set_link_xdp_fd(Interface, -1, 0));
        Assert.Equal(0u, On(Interface));
    }

    [Fact]
    public void An_interface_is_told_from_another()
    {
        Assert.Equal(0, Library.bpf_xdp_attach(Interface, _programs[0], 0));
        Assert.Equal(0, Library.bpf_xdp_attach(Interface + 1, _programs[1], 0));
        Assert.Equal((_ids[0], _ids[1], 0u), (On(Interface), On(Interface + 1), On(Interface + 2)));
        Assert.Equal(0, Library.bpf_xdp_detach(Interface, 0));
        Assert.Equal((0u, _ids[1]), (On(Interface), On(Interface + 1)));
        Assert.Equal(0, Library.bpf_xdp_detach(Interface + 1, 0));
    }

    [Fact]
    public void Only_the_program_that_the_options_name_is_replaced()
    {
        Assert.Equal(0, Library.bpf_xdp_attach(Interface, _programs[0], 0));
        ulong other = _lab.Lab.Put(16, 0, _programs[1]);
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_xdp_attach(Interface, _programs[1], Replace, other));
        Assert.Equal(_ids[0], On(Interface));
        ulong own = _lab.Lab.Put(16, 0, _programs[0]);
        Assert.Equal(0, Library.bpf_xdp_attach(Interface, _programs[1], Replace, own));
        Assert.Equal(_ids[1], On(Interface));
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_xdp_detach(Interface, 0, _lab.Lab.Put(16, 0, 77)));
        Assert.Equal(0, Library.bpf_xdp_detach(Interface, 0));
    }

    [Fact]
    public void What_is_no_xdp_program_cannot_be_attached_to_an_interface()
    {
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_xdp_attach(Interface, 77, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_xdp_attach(Interface, _lab.Lab.CreateMap(BpfMapType.Hash), 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_xdp_attach(Interface, _lab.Fd(_lab.Load("bindmonitor.sys"), "BindMonitor"), 0));
        Assert.Equal(0u, On(Interface));
    }

    [Fact]
    public void A_link_made_by_attach_xdp_is_found_by_its_interface_and_replaced_like_any_other()
    {
        _lab.InstallChanged("third.sys", f => f);
        bpf_object loaded = _lab.Load("third.sys");
        bpf_program program = _lab.Program(loaded, "DropPacket");
        bpf_link? link = Library.bpf_program__attach_xdp(program, Interface);
        Assert.NotNull(link);
        BpfLinkInfo info = _lab.Info<BpfLinkInfo>(Libbpf.bpf_link__fd(link));
        Assert.Equal(((uint)Interface, BpfLinkType.Xdp, BpfAttachType.Xdp), (info.XdpIfindex, info.Type, info.AttachType));
        Assert.Equal(info.ProgId, On(Interface));
        Assert.Equal(0, Library.bpf_xdp_attach(Interface, _programs[0], Replace));
        Assert.Equal(0u, _lab.Info<BpfLinkInfo>(Libbpf.bpf_link__fd(link)).ProgId);
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Assert.Equal(_ids[0], On(Interface));
        Assert.Equal(0, Library.bpf_xdp_detach(Interface, 0));
    }

    private uint On(int ifindex)
    {
        int result = Library.bpf_xdp_query_id(ifindex, 0, _id);
        Assert.True(result is 0 or -(int)Errno.ENOENT, $"{result}");
        return _lab.Lab.Read<uint>(_id);
    }
}
