using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Links of programs from objects: upstream's libbpf_test.cpp and end_to_end.cpp.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly SuiteLab _lab = new();

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_is_attached_where_its_section_says_and_detached_twice(EbpfExecutionType engine)
    {
        bpf_object opened = _lab.Open("answer", engine);
        bpf_program program = _lab.Program(opened, "answer");
        Assert.Equal(BpfAttachType.Sample, Libbpf.bpf_program__get_expected_attach_type(program));
        Assert.Equal(0, Library.bpf_program__set_expected_attach_type(program, BpfAttachType.Sample));
        Assert.Null(Library.bpf_program__attach(program));
        Assert.Equal(Errno.EINVAL, Library.errno);
        Assert.Equal(0, Library.bpf_object__load(opened));
        bpf_link link = _lab.Attach(opened, "answer");
        int fd = Libbpf.bpf_link__fd(link);
        Assert.Equal(42u, _lab.Fire());
        Assert.Equal((0, 0), (Library.bpf_link_detach(fd), Library.bpf_link_detach(fd)));
        Assert.Equal(EbpfResult.KeyNotFound, _lab.FireInVain());
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_link_detach(-1));
        _lab.Detach(link);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_hook_that_takes_one_program_refuses_the_second(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("answer", engine);
        _lab.Attach(loaded, "answer");
        Assert.Equal(
            EbpfResult.ExtensionFailedToLoad,
            Library.ebpf_program_attach(_lab.Program(loaded, "answer"), null, 0, 0, out bpf_link? second));
        Assert.Null(second);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_is_attached_by_descriptor_with_and_without_an_object_for_the_link(EbpfExecutionType engine)
    {
        int program = _lab.ProgramFd(_lab.Load("answer", engine), "answer");
        Assert.Equal(EbpfResult.Success, Libbpf.ebpf_get_ebpf_attach_type(BpfAttachType.Sample, out Guid type));
        Assert.Equal(EbpfResult.Success, Library.ebpf_program_attach_by_fds(program, type, 0, 0, out int fd));
        Assert.Equal(42u, _lab.Fire());
        Assert.Equal(EbpfResult.Success, Library.ebpf_close_fd(fd));
        Assert.Equal(EbpfResult.Success, Library.ebpf_program_attach_by_fd(program, type, 0, 0, out bpf_link? link));
        Library.ebpf_link_close(link!);
        Assert.NotEqual(EbpfResult.Success, Library.ebpf_program_attach_by_fd(-1, type, 0, 0, out _));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Links_are_enumerated(EbpfExecutionType engine)
    {
        Assert.Equal((0, 0, 0), _lab.Objects);
        _lab.Attach(_lab.Load("answer", engine), "answer");
        _lab.Attach(_lab.Load("bind_limits", engine), "limit_ports");
        Assert.Equal(2, _lab.Objects.Links);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_bpf_call_walks_tells_of_detaches_and_pins_links(EbpfExecutionType engine)
    {
        _lab.Attach(_lab.Load("answer", engine), "answer");
        _lab.Attach(_lab.Load("bind_limits", engine), "limit_ports");
        int[] fds = new int[2];
        SysBpfMapNextIdAttr next = default;
        for (int i = 0; i < 2; i++)
        {
            ulong attr = _lab.Put(new SysBpfMapNextIdAttr { StartId = next.NextId });
            Assert.Equal(0, Library.bpf(BpfCmdId.LinkGetNextId, attr, 8));
            next = _lab.Read<SysBpfMapNextIdAttr>(attr);
            fds[i] = Library.bpf(BpfCmdId.LinkGetFdById, _lab.Put(next.NextId), 4);
        }

        Assert.Equal([BpfLinkType.Unspec, BpfLinkType.Plain], fds.Select(fd => LinkInfo(fd).Type));
        Assert.All(fds, fd => Assert.NotEqual(0u, LinkInfo(fd).ProgId));
        Assert.Equal(0, Library.bpf(BpfCmdId.LinkDetach, _lab.Put(fds[0]), 4));
        Assert.Equal(0u, LinkInfo(fds[0]).ProgId);
        SysBpfObjPinAttr pin = new() { BpfFd = (uint)fds[0], Pathname = _lab.Put("MyPath\0"u8) };
        Assert.Equal(0, Library.bpf(BpfCmdId.ObjPin, _lab.Put(pin), 16));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf(BpfCmdId.ObjGet, _lab.Put(pin), 16));
        int opened = Library.bpf(BpfCmdId.ObjGet, _lab.Put(pin with { BpfFd = 0 }), 16);
        Assert.Equal(LinkInfo(fds[0]).Id, LinkInfo(opened).Id);
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf((BpfCmdId)(-1), _lab.Put(pin), 16));
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin("MyPath"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_link_is_pinned_once_and_not_where_something_is(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("answer", engine);
        bpf_program program = _lab.Program(loaded, "answer");
        Assert.Equal(0, Library.bpf_program__pin(program, "ProgramPinName"));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_attach(Libbpf.bpf_program__fd(program), 0, BpfAttachType.CgroupInet4Connect, 0));
        bpf_link link = _lab.Attach(loaded, "answer");
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_link__unpin(link));
        Assert.Equal(-(int)Errno.EEXIST, Library.bpf_link__pin(link, "ProgramPinName"));
        Assert.Equal(0, Library.bpf_link__pin(link, "MyPath"));
        Assert.Equal(-(int)Errno.EBUSY, Library.bpf_link__pin(link, "MyPath2"));
        Assert.Equal(0, Library.bpf_link__unpin(link));
        _lab.Detach(link);
        Assert.Equal(0, Library.bpf_program__unpin(program, "ProgramPinName"));
        Library.bpf_program__unload(program);
        Assert.Equal(-1, Libbpf.bpf_program__fd(program));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_is_attached_to_a_compartment(EbpfExecutionType engine)
    {
        int program = _lab.ProgramFd(_lab.Load("sockets", engine), "connect4");
        Assert.Equal(-(int)Errno.ENOTSUP, Library.bpf_prog_attach(program, 0, BpfAttachType.Sample, 0));
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_prog_attach(-1, 0, BpfAttachType.CgroupInet4Connect, 0));
        Assert.Equal(0, Library.bpf_prog_attach(program, -1, BpfAttachType.CgroupInet4Connect, 0));
        ulong id = _lab.Put(0u);
        Assert.Equal(0, Library.bpf_link_get_next_id(0, id));
        int fd = Library.bpf_link_get_fd_by_id(_lab.Read<uint>(id));
        Assert.Equal((0, 0), (Library.bpf_link_detach(fd), Library.close(fd)));
        Assert.Equal(0, Library.bpf_prog_attach(program, program, BpfAttachType.CgroupInet4Connect, 0));
        Assert.Equal(0, Library.bpf_prog_detach2(program, program, BpfAttachType.CgroupInet4Connect));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Detached_by_hand_the_program_stays_until_its_object_is_closed(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("answer", engine);
        _lab.Detach(_lab.Attach(loaded, "answer"));
        Assert.Equal(1, _lab.Objects.Programs);
        Library.bpf_object__close(loaded);
        Assert.Equal((0, 0, 0), _lab.Objects);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_attached_program_outlives_its_object_and_goes_with_its_link(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("answer", engine);
        bpf_link link = _lab.Attach(loaded, "answer");
        Library.bpf_object__close(loaded);
        Assert.Equal((1, 42u), (_lab.Objects.Programs, _lab.Fire()));
        _lab.Detach(link);
        Assert.Equal((0, 0, 0), _lab.Objects);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_pinned_link_keeps_its_program_until_it_is_unpinned(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("answer", engine);
        bpf_link link = Library.bpf_program__attach(_lab.Program(loaded, "answer"))!;
        Library.bpf_object__close(loaded);
        Assert.Equal(0, Library.bpf_link__pin(link, "test_link"));
        Libbpf.bpf_link__disconnect(link);
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Assert.Equal((1, 42u), (_lab.Objects.Programs, _lab.Fire()));
        bpf_link? opened = Library.bpf_link__open("test_link");
        Assert.NotNull(opened);
        Assert.Equal((0, 0), (Library.bpf_link__unpin(opened), Library.bpf_link__destroy(opened)));
        Assert.Equal((0, 0, 0), _lab.Objects);
    }

    private SysBpfLinkInfo LinkInfo(int fd)
    {
        ulong room = _lab.Put(default(SysBpfLinkInfo));
        Assert.Equal(0, Library.bpf(BpfCmdId.ObjGetInfoByFd, _lab.Put(new SysBpfObjInfoAttr { BpfFd = (uint)fd, InfoLen = 12, Info = room }), 16));
        return _lab.Read<SysBpfLinkInfo>(room);
    }
}
