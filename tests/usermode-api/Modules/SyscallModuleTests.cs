using System.Runtime.CompilerServices;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Modules;

/// <summary>The <c>bpf</c> call on programs and links: upstream's "enumerate link IDs with bpf" and "Map and program information".</summary>
public sealed class SyscallModuleTests : IDisposable
{
    private readonly ModuleLab _lab = new();

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Links_are_walked_told_of_detached_and_pinned()
    {
        bpf_link? drop = Library.bpf_program__attach_xdp(_lab.Program(_lab.Load("droppacket.sys"), "DropPacket"), 1);
        bpf_link? bind = Library.bpf_program__attach(_lab.Program(_lab.Load("bindmonitor.sys"), "BindMonitor"));
        List<int> found = [];
        SysBpfMapNextIdAttr next = default;
        for (
            ulong attr = _lab.Lab.Put(next);
            Library.bpf(BpfCmdId.LinkGetNextId, attr, 8) == 0;
            attr = _lab.Lab.Put(new SysBpfMapNextIdAttr { StartId = next.NextId }))
        {
            next = _lab.Lab.Read<SysBpfMapNextIdAttr>(attr);
            found.Add(Bpf(BpfCmdId.LinkGetFdById, next.NextId));
        }

        Assert.Equal(2, found.Count);
        SysBpfLinkInfo info = LinkInfo(found[0]);
        Assert.Equal(BpfLinkType.Xdp, info.Type);
        Assert.NotEqual(0u, info.ProgId);
        Assert.Equal(0, Bpf(BpfCmdId.LinkDetach, new SysBpfLinkDetachAttr { LinkFd = (uint)found[0] }));
        Assert.Equal((info.Id, 0u), (LinkInfo(found[0]).Id, LinkInfo(found[0]).ProgId));
        SysBpfObjPinAttr pin = new() { BpfFd = (uint)found[0], Pathname = _lab.Lab.Put("MyPath\0"u8) };
        Assert.Equal(0, Bpf(BpfCmdId.ObjPin, pin));
        int opened = Bpf(BpfCmdId.ObjGet, pin with { BpfFd = 0 });
        Assert.Equal(info.Id, LinkInfo(opened).Id);
        Assert.Equal(BpfLinkType.Plain, LinkInfo(found[1]).Type);
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin("MyPath"));
        Assert.Equal((0, 0), (Library.bpf_link__destroy(drop), Library.bpf_link__destroy(bind)));
    }

    [Fact]
    public void A_program_tells_the_ids_of_its_maps_and_may_be_asked_nothing_about_machine_code()
    {
        bpf_object loaded = _lab.Load("bindmonitor.sys");
        int program = _lab.Fd(loaded, "BindMonitor");
        uint[] maps = [MapId(loaded, "process_map"), MapId(loaded, "limits_map")];
        ulong ids = _lab.Lab.Put(0u, 0u);
        SysBpfProgInfo wanted = new() { NrMapIds = 2, MapIds = ids };
        ulong room = _lab.Lab.Put(wanted);
        Assert.Equal(0, Info(program, room));
        SysBpfProgInfo info = _lab.Lab.Read<SysBpfProgInfo>(room);
        Assert.Equal((BpfProgType.Bind, 2u, "BindMonitor"), (info.Type, info.NrMapIds, info.Name.ToString()));
        Assert.Equal(maps.Order(), _lab.Lab.ReadArray<uint>(ids, 2).Order());
        Assert.Equal(-(int)Errno.EFAULT, Info(program, _lab.Lab.Put(wanted with { NrMapIds = 1 })));
        foreach (SysBpfProgInfo asked in (SysBpfProgInfo[])[
            new() { JitedProgLen = 1 }, new() { XlatedProgLen = 1 }, new() { JitedProgInsns = 1 }, new() { XlatedProgInsns = 1 }])
        {
            Assert.Equal(-(int)Errno.EINVAL, Info(program, _lab.Lab.Put(asked)));
            Assert.Equal("api.bpf.reserved", Library.LastRefusal?.Check.Id);
        }
    }

    [Fact]
    public void A_map_is_bound_and_lives_as_long_as_the_program()
    {
        int program = _lab.Fd(_lab.Load("droppacket.sys"), "DropPacket");
        int map = _lab.Lab.CreateMap(BpfMapType.Hash);
        uint id = _lab.Info<BpfMapInfo>(map).Id;
        Assert.Equal(0, Bpf(BpfCmdId.ProgBindMap, new SysBpfProgBindMapAttr { ProgFd = (uint)program, MapFd = (uint)map, Flags = 9 }));
        Assert.Equal(0, Library.close(map));
        map = Bpf(BpfCmdId.MapGetFdById, id);
        Assert.True(map > 0);
        Assert.Equal(2u, _lab.Info<BpfProgInfo>(program).NrMapIds);
    }

    [Fact]
    public void A_program_is_attached_to_a_compartment_and_detached()
    {
        int program = _lab.Fd(_lab.Load("cgroup_count_connect4.sys"), "count_connect4");
        SysBpfProgAttachAttr attr = new() { TargetFd = 7, AttachBpfFd = (uint)program, AttachType = BpfAttachType.CgroupInet4Connect };
        Assert.Equal(-(int)Errno.ENOTSUP, Bpf(BpfCmdId.ProgAttach, attr with { AttachFlags = 1 }));
        Assert.Equal(0, Bpf(BpfCmdId.ProgAttach, attr));
        Assert.Equal(1u, _lab.Info<BpfProgInfo>(program).LinkCount);
        Assert.Equal(0, Bpf(BpfCmdId.ProgDetach, attr with { AttachBpfFd = 0 }));
        Assert.Equal(0u, _lab.Info<BpfProgInfo>(program).LinkCount);
    }

    [Fact]
    public void A_test_run_answers_in_the_same_structure()
    {
        int program = _lab.Fd(_lab.Load("droppacket.sys"), "DropPacket");
        byte[] packet = TestRunTests.EmptyUdp();
        SysBpfProgRunAttr run = new()
        {
            ProgFd = (uint)program,
            DataIn = _lab.Lab.Put<byte>(packet),
            DataSizeIn = (uint)packet.Length,
            DataOut = _lab.Lab.Allocate(100),
            DataSizeOut = 100,
            CtxIn = _lab.Lab.Put(default(XdpMd)),
            CtxSizeIn = (uint)Unsafe.SizeOf<XdpMd>(),
            Repeat = 1,
        };
        ulong attr = _lab.Lab.Put(run);
        Assert.Equal(0, Library.bpf(BpfCmdId.ProgTestRun, attr, 80));
        SysBpfProgRunAttr done = _lab.Lab.Read<SysBpfProgRunAttr>(attr);
        Assert.Equal(((uint)XdpAction.Drop, (uint)packet.Length), (done.Retval, done.DataSizeOut));
        Assert.Equal(-(int)Errno.EINVAL, Bpf(BpfCmdId.ProgTestRun, run with { Pad0 = 1 }));
        Assert.Equal(-(int)Errno.ENOBUFS, Bpf(BpfCmdId.ProgTestRun, run with { DataSizeOut = 41, CtxSizeOut = 64 }));
    }

    private uint MapId(bpf_object loaded, string name) => _lab.Info<BpfMapInfo>(Library.bpf_object__find_map_fd_by_name(loaded, name)).Id;

    private int Info(int fd, ulong room) =>
        Bpf(BpfCmdId.ObjGetInfoByFd, new SysBpfObjInfoAttr { BpfFd = (uint)fd, InfoLen = (uint)Unsafe.SizeOf<SysBpfProgInfo>(), Info = room });

    private SysBpfLinkInfo LinkInfo(int fd)
    {
        ulong room = _lab.Lab.Put(default(SysBpfLinkInfo));
        Assert.Equal(0, Bpf(BpfCmdId.ObjGetInfoByFd, new SysBpfObjInfoAttr { BpfFd = (uint)fd, InfoLen = 12, Info = room }));
        return _lab.Lab.Read<SysBpfLinkInfo>(room);
    }

    private int Bpf<T>(BpfCmdId command, in T attr)
        where T : unmanaged => Library.bpf(command, _lab.Lab.Put(attr), (uint)Unsafe.SizeOf<T>());
}
