using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Modules;

/// <summary>
/// Links of real programs: upstream's libbpf_link.cpp, and libbpf_test.cpp's "bpf_link__pin", "libbpf program attach", "bpf_prog_attach".
/// </summary>
public sealed class LinkTests : IDisposable
{
    private static readonly NetworkEvent s_emptyUdp = new(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp, InterfaceIndex = 1 };

    private readonly ModuleLab _lab = new();
    private readonly bpf_object _drop;

    public LinkTests() => _drop = _lab.Load("droppacket.sys");

    private Libbpf Library => _lab.Library;

    private bpf_program Program => _lab.Program(_drop, "DropPacket");

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_link_is_pinned_once_and_unpinned_once()
    {
        Assert.Equal(0, Library.bpf_program__pin(Program, "ProgramPinName"));
        bpf_link link = Attach();
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_link__unpin(link));
        Assert.Equal(-(int)Errno.EEXIST, Library.bpf_link__pin(link, "ProgramPinName"));
        Assert.Equal(0, Library.bpf_link__pin(link, "MyPath"));
        Assert.Equal(-(int)Errno.EBUSY, Library.bpf_link__pin(link, "MyPath2"));
        Assert.Equal(0, Library.bpf_link__unpin(link));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_link__unpin(link));
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Assert.Equal(0, Library.bpf_program__unpin(Program, "ProgramPinName"));
    }

    [Fact]
    public void A_link_that_is_disconnected_and_pinned_stays_attached_and_can_be_opened_again()
    {
        bpf_link link = Attach();
        Assert.Equal(0, Library.bpf_link__pin(link, "MyPath"));
        Libbpf.bpf_link__disconnect(link);
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Assert.True(Drops());
        Assert.Null(Library.bpf_link__open("MyPath2"));
        Assert.Equal(Errno.ENOENT, Library.errno);
        bpf_link? opened = Library.bpf_link__open("MyPath");
        Assert.NotNull(opened);
        Assert.Equal(-(int)Errno.EBUSY, Library.bpf_link__pin(opened, "MyPath2"));
        Assert.Equal(0, Library.bpf_link__unpin(opened));
        Assert.Equal(0, Library.bpf_link__destroy(opened));
        Assert.False(Drops());
    }

    [Fact]
    public void Disconnected_but_not_pinned_the_last_descriptor_detaches()
    {
        bpf_link link = Attach();
        Assert.True(Drops());
        Libbpf.bpf_link__disconnect(link);
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Assert.False(Drops());
    }

    [Fact]
    public void Destroying_detaches_though_the_link_is_pinned()
    {
        bpf_link link = Attach();
        Assert.Equal(0, Library.bpf_link__pin(link, "MyPath"));
        uint id = _lab.Info<BpfLinkInfo>(Libbpf.bpf_link__fd(link)).Id;
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Assert.Equal(0, Library.bpf_link__destroy(null));
        Assert.False(Drops());
        int fd = Library.bpf_obj_get("MyPath");
        Assert.Equal((id, 0u), (_lab.Info<BpfLinkInfo>(fd).Id, _lab.Info<BpfLinkInfo>(fd).ProgId));
        Assert.Equal(0, Library.close(fd));
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin("MyPath"));
    }

    [Fact]
    public void A_link_whose_descriptor_was_closed_behind_its_back_cannot_be_detached()
    {
        bpf_link link = Attach();
        Assert.Equal(0, Library.close(Libbpf.bpf_link__fd(link)));
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_link__destroy(link));
        Assert.Equal((Errno.EBADF, "api.descriptor"), (Library.errno, Library.LastRefusal?.Check.Id));
    }

    [Fact]
    public void Detaching_twice_is_detaching_once()
    {
        bpf_link link = Attach();
        int fd = Libbpf.bpf_link__fd(link);
        Assert.Equal(0, Library.bpf_link_detach(fd));
        Assert.Equal(0, Library.bpf_link_detach(fd));
        Assert.Equal(EbpfResult.Success, Library.ebpf_link_detach(link));
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_link_detach(-1));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_link_detach(Libbpf.bpf_program__fd(Program)));
        Assert.Equal(0, Library.bpf_link__destroy(link));
    }

    [Fact]
    public void Without_an_attach_type_a_descriptor_does_not_know_where_to()
    {
        int program = Libbpf.bpf_program__fd(Program);
        Assert.Equal(EbpfResult.InvalidFd, Library.ebpf_program_attach_by_fds(77, Guid.Empty, 0, 0, out int fd));
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_program_attach_by_fd(program, Guid.Empty, 0, 0, out bpf_link? link));
        Assert.Equal((-1, null), (fd, link));
        Assert.Equal(EbpfResult.InvalidFd, Library.ebpf_program_attach_by_fd(-1, Type(BpfAttachType.Xdp), 0, 0, out link));
        Assert.Equal(EbpfResult.Success, Library.ebpf_program_attach_by_fd(program, Type(BpfAttachType.Xdp), 0, 0, out link));
        Library.ebpf_link_close(link!);
        Assert.False(Drops());
    }

    [Fact]
    public void A_program_is_attached_to_a_compartment_without_a_link_to_hold()
    {
        bpf_object connect = _lab.Load("cgroup_count_connect4.sys");
        int program = _lab.Fd(connect, "count_connect4");
        Assert.Equal(-(int)Errno.ENOTSUP, Library.bpf_prog_attach(program, 0, BpfAttachType.Sample, 0));
        Assert.Equal(-(int)Errno.ENOTSUP, Library.bpf_prog_attach(program, 0, BpfAttachType.CgroupInet4Connect, 1));
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_prog_attach(-1, 0, BpfAttachType.CgroupInet4Connect, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_attach(Libbpf.bpf_program__fd(Program), 0, BpfAttachType.CgroupInet4Connect, 0));
        Assert.Equal(0, Library.bpf_prog_attach(program, 7, BpfAttachType.CgroupInet4Connect, 0));
        Assert.Equal(1u, _lab.Info<BpfProgInfo>(program).LinkCount);
        ulong id = _lab.Lab.Put(0u);
        Assert.Equal(0, Library.bpf_link_get_next_id(0, id));
        int link = Library.bpf_link_get_fd_by_id(_lab.Lab.Read<uint>(id));
        BpfLinkInfo info = _lab.Info<BpfLinkInfo>(link);
        Assert.Equal((BpfLinkType.Cgroup, BpfAttachType.CgroupInet4Connect), (info.Type, info.AttachType));
        Assert.Equal(0, Library.close(link));

        // Another compartment's, and another program's, is not detached.
        Assert.Equal(0, Library.bpf_prog_detach2(program, 8, BpfAttachType.CgroupInet4Connect));
        Assert.Equal(1u, _lab.Info<BpfProgInfo>(program).LinkCount);
        Assert.Equal(0, Library.bpf_prog_detach2(program, 7, BpfAttachType.CgroupInet4Connect));
        Assert.Equal(0u, _lab.Info<BpfProgInfo>(program).LinkCount);
        Assert.Equal(0, Library.bpf_prog_detach2(program, 7, BpfAttachType.CgroupInet4Connect));
    }

    [Fact]
    public void Detaching_from_a_compartment_without_a_program_detaches_whatever_is_there()
    {
        bpf_object connect = _lab.Load("cgroup_count_connect4.sys");
        int program = _lab.Fd(connect, "count_connect4");
        Assert.Equal(0, Library.bpf_prog_attach(program, 7, BpfAttachType.CgroupInet4Connect, 0));
        Assert.Equal(0, Library.bpf_prog_detach(7, BpfAttachType.CgroupInet4Connect));
        Assert.Equal(0u, _lab.Info<BpfProgInfo>(program).LinkCount);
        Assert.Equal(0, Library.bpf_prog_attach(program, 7, BpfAttachType.CgroupInet4Connect, 0));

        // Without attach data the driver looks for nothing, and says that all is well.
        Guid type = Type(BpfAttachType.CgroupInet4Connect);
        Assert.Equal(EbpfResult.Success, Library.ebpf_program_detach(program, type, 0, 0));
        Assert.Equal(1u, _lab.Info<BpfProgInfo>(program).LinkCount);
        Assert.Equal(EbpfResult.Success, Library.ebpf_program_detach(program, type, _lab.Lab.Put(7), 4));
        Assert.Equal(0u, _lab.Info<BpfProgInfo>(program).LinkCount);
    }

    private static Guid Type(BpfAttachType type) =>
        Libbpf.ebpf_get_ebpf_attach_type(type, out Guid found) == EbpfResult.Success ? found : throw new ArgumentOutOfRangeException(nameof(type));

    private bpf_link Attach()
    {
        bpf_link? link = Library.bpf_program__attach(Program);
        Assert.True(link is not null, $"{Library.LastRefusal}");
        return link;
    }

    private bool Drops() => _lab.Network.Deliver(0, s_emptyUdp).Action == NetworkAction.Block;
}
