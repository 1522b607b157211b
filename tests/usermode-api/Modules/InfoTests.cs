using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Modules;

/// <summary>
/// What is told of programs, maps and links, and their ids: upstream's "bpf_obj_get_info_by_fd", "enumerate ... IDs", "libbpf map binding".
/// </summary>
public sealed class InfoTests : IDisposable
{
    private const byte Untouched = 0xA;

    private readonly ModuleLab _lab = new();
    private readonly bpf_object _bind;
    private readonly int _program;

    public InfoTests()
    {
        _bind = _lab.Load("bindmonitor.sys");
        _program = _lab.Fd(_bind, "BindMonitor");
    }

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_program_tells_all_of_itself()
    {
        Assert.Equal(0, Library.bpf_program__pin(_lab.Program(_bind, "BindMonitor"), "/one"));
        Assert.Equal(0, Library.bpf_program__pin(_lab.Program(_bind, "BindMonitor"), "/two"));
        bpf_link? link = Library.bpf_program__attach(_lab.Program(_bind, "BindMonitor"));
        BpfProgInfo info = _lab.Info<BpfProgInfo>(_program);
        Assert.Equal(
            ("BindMonitor", BpfProgType.Bind, 2u, 0ul, 2u, 1u),
            (info.Name.ToString(), info.Type, info.NrMapIds, info.MapIds, info.PinnedPathCount, info.LinkCount));
        Assert.Equal(
            (BpfProgType.Bind, BpfAttachType.Bind),
            (Libbpf.ebpf_get_bpf_program_type(info.TypeUuid), Libbpf.ebpf_get_bpf_attach_type(info.AttachTypeUuid)));
        Assert.Equal(EbpfResult.Success, Library.ebpf_program_query_info(_program, out EbpfCodeType code, out string file, out string section));
        Assert.Equal((EbpfCodeType.Native, "bind"), (code, section));
        Assert.Equal(EbpfResult.InvalidFd, Library.ebpf_program_query_info(77, out _, out file, out section));
        Assert.Equal(("", ""), (file, section));
        Assert.Equal(EbpfResult.InvalidObject, Library.ebpf_program_query_info(Map("process_map"), out _, out _, out _));
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Assert.Equal((EbpfResult.Success, EbpfResult.Success), (Library.ebpf_object_unpin("/one"), Library.ebpf_object_unpin("/two")));
    }

    [Fact]
    public void Ids_of_maps_go_where_the_caller_says_as_far_as_there_is_room()
    {
        uint[] ids = [_lab.Info<BpfMapInfo>(Map("process_map")).Id, _lab.Info<BpfMapInfo>(Map("limits_map")).Id];
        ulong room = _lab.Lab.Put(0u, 0u);
        Assert.Equal(0, Ask(new BpfProgInfo { NrMapIds = 2, MapIds = room }, out BpfProgInfo info));
        Assert.Equal((2u, room), (info.NrMapIds, info.MapIds));
        uint[] found = _lab.Lab.ReadArray<uint>(room, 2);
        Assert.Equal(ids.Order(), found.Order());

        // One fits, and is there, though the call fails.
        _lab.Lab.Write(room, 0u, 0u);
        Assert.Equal(-(int)Errno.EFAULT, Ask(new BpfProgInfo { NrMapIds = 1, MapIds = room }, out _));
        Assert.Equal([found[0], 0u], _lab.Lab.ReadArray<uint>(room, 2));
        Assert.Equal(-(int)Errno.EFAULT, Ask(new BpfProgInfo { NrMapIds = 2, MapIds = 0x10 }, out _));
    }

    [Theory]
    [InlineData(23u, Errno.EINVAL)]
    [InlineData(24u, Errno.None)]
    [InlineData(64u, Errno.None)]
    [InlineData(127u, Errno.None)]
    public void Too_little_room_for_a_program_gets_what_fits_once_the_ids_can_be_asked_for(uint length, Errno errno)
    {
        byte[] whole = Bytes(_program, 128, 0, out _);
        byte[] part = Bytes(_program, length, errno, out uint written);
        Assert.Equal(length, written);
        if (errno == Errno.None)
        {
            Assert.Equal(whole[24..(int)length], part[24..(int)length]);
        }

        Assert.All(part[(int)length..], b => Assert.Equal(Untouched, b));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(48u)]
    [InlineData(95u)]
    public void Too_little_room_for_a_map_gets_what_fits(uint length)
    {
        byte[] whole = Bytes(Map("process_map"), 96, 0, out _);
        byte[] part = Bytes(Map("process_map"), length, 0, out uint written);
        Assert.Equal(length, written);
        Assert.Equal(whole[..(int)length], part[..(int)length]);
        Assert.All(part[(int)length..], b => Assert.Equal(Untouched, b));
    }

    [Fact]
    public void Too_little_room_for_a_link_gets_what_fits_and_too_much_is_told()
    {
        bpf_link? link = Library.bpf_program__attach(_lab.Program(_bind, "BindMonitor"));
        int fd = Libbpf.bpf_link__fd(link!);
        byte[] whole = Bytes(fd, 56, 0, out _);
        byte[] part = Bytes(fd, 28, 0, out uint written);
        Assert.Equal(28u, written);
        Assert.Equal(whole[..28], part[..28]);
        Assert.All(part[28..], b => Assert.Equal(Untouched, b));
        Bytes(fd, 128, 0, out written);
        Assert.Equal(56u, written);
        BpfLinkInfo info = _lab.Info<BpfLinkInfo>(fd);
        Assert.Equal((BpfLinkType.Plain, BpfAttachType.Bind, _lab.ProgramId(_program)), (info.Type, info.AttachType, info.ProgId));
        Assert.Equal(0, Library.bpf_link__destroy(link));
    }

    [Fact]
    public void Ids_of_all_kinds_are_one_row_and_each_walk_sees_its_own()
    {
        bpf_link? link = Library.bpf_program__attach(_lab.Program(_bind, "BindMonitor"));
        bpf_object chain = _lab.Load("tail_call_chain.sys");
        List<uint> maps = Walk(Library.bpf_map_get_next_id);
        List<uint> programs = Walk(Library.bpf_prog_get_next_id);
        List<uint> links = Walk(Library.bpf_link_get_next_id);
        Assert.Equal((4, 4, 1), (maps.Count, programs.Count, links.Count));
        Assert.Equal(9, maps.Concat(programs).Concat(links).Distinct().Count());
        Assert.All(maps, id => AssertOpens(Library.bpf_map_get_fd_by_id, id));
        Assert.All(programs, id => AssertOpens(Library.bpf_prog_get_fd_by_id, id));
        Assert.All(links, id => AssertOpens(Library.bpf_link_get_fd_by_id, id));
        Assert.All(maps, id => Assert.Equal(-(int)Errno.ENOENT, Library.bpf_prog_get_fd_by_id(id)));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map_get_fd_by_id(0));

        // A start need not be an id; an id that has gone is gone for good.
        Assert.Equal(maps[0], Next(Library.bpf_map_get_next_id, maps[0] - 1));
        Library.bpf_object__close(chain);
        Assert.Equal((2, 1), (Walk(Library.bpf_map_get_next_id).Count, Walk(Library.bpf_prog_get_next_id).Count));
        Assert.All(programs[1..], id => Assert.Equal(-(int)Errno.ENOENT, Library.bpf_prog_get_fd_by_id(id)));
        bpf_object again = _lab.Load("tail_call_chain.sys");
        Assert.DoesNotContain(_lab.ProgramId(_lab.Fd(again, "first")), programs);
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_link_get_fd_by_id(links[0]));
    }

    [Fact]
    public void Any_kind_of_object_is_pinned_opened_by_its_path_and_says_what_it_is()
    {
        bpf_link? link = Library.bpf_program__attach(_lab.Program(_bind, "BindMonitor"));
        (int Fd, string Path, EbpfObjectType Type)[] objects =
        [
            (_program, "/a/program", EbpfObjectType.Program),
            (Map("limits_map"), "/b/map", EbpfObjectType.Map),
            (Libbpf.bpf_link__fd(link!), "/c/link", EbpfObjectType.Link),
        ];
        foreach ((int fd, string path, EbpfObjectType type) in objects)
        {
            Assert.Equal(0, Library.bpf_obj_pin(fd, path));
            int opened = Library.bpf_obj_get(path);
            Assert.Equal(EbpfResult.Success, Library.ebpf_object_get_info_by_fd(opened, 0, 0, out EbpfObjectType told));
            Assert.Equal(type, told);
            Assert.Equal(IdOf(fd), IdOf(opened));
            Assert.Equal(0, Library.close(opened));
            EbpfObjectType wanted = type;
            Assert.Equal(EbpfResult.Success, Library.ebpf_get_next_pinned_object_path("", out string found, ref wanted));
            Assert.Equal(("BPF:" + path.Replace('/', '\\'), type), (found, wanted));
            Assert.Equal(EbpfResult.NoMoreKeys, Library.ebpf_get_next_pinned_object_path(found, out _, ref wanted));
            Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin(path));
        }

        Assert.Equal(0, Library.bpf_link__destroy(link));
    }

    [Fact]
    public void A_bound_map_lives_as_long_as_the_program_and_nothing_else_can_be_bound()
    {
        int map = _lab.Lab.CreateMap(BpfMapType.Array, valueSize: 4, maxEntries: 4);
        uint id = _lab.Info<BpfMapInfo>(map).Id;
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_prog_bind_map(-1, map));
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_prog_bind_map(_program, -1));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_bind_map(map, map));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_bind_map(_program, _program));
        Assert.Equal(0, Library.bpf_prog_bind_map(_program, map));
        Assert.Equal(0, Library.close(map));
        map = Library.bpf_map_get_fd_by_id(id);
        Assert.True(map > 0);
        Assert.Equal(0, Library.close(map));
        Library.bpf_object__close(_bind);
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map_get_fd_by_id(id));
    }

    private int Map(string name) => Library.bpf_object__find_map_fd_by_name(_bind, name);

    /// <summary>An object's id, which every kind's information starts with. Of a program at least 24 bytes must be asked for.</summary>
    private uint IdOf(int fd) => _lab.Info<BpfProgInfo>(fd).Id;

    private int Ask(BpfProgInfo wanted, out BpfProgInfo told)
    {
        ulong info = _lab.Lab.Put(wanted);
        int result = Library.bpf_obj_get_info_by_fd(_program, info, _lab.Lab.Put((uint)Unsafe.SizeOf<BpfProgInfo>()));
        told = _lab.Lab.Read<BpfProgInfo>(info);
        return result;
    }

    /// <summary>Asks with some room in a buffer of 128 bytes, which no ids of maps are wanted in.</summary>
    private byte[] Bytes(int fd, uint length, Errno errno, out uint written)
    {
        byte[] before = new byte[128];
        before.AsSpan().Fill(Untouched);
        before.AsSpan(8, 16).Clear();
        ulong info = _lab.Lab.Put<byte>(before);
        ulong room = _lab.Lab.Put(length);
        Assert.Equal(-(int)errno, Library.bpf_obj_get_info_by_fd(fd, info, room));
        written = _lab.Lab.Read<uint>(room);
        byte[] after = _lab.Lab.Bytes(info, 128).ToArray();
        if (length < 24)
        {
            after.AsSpan(Math.Max(8, (int)length)..24).Fill(Untouched);
        }

        return after;
    }

    private List<uint> Walk(Func<uint, ulong, int> next)
    {
        List<uint> found = [];
        for (uint id = Next(next, 0); id != 0; id = Next(next, id))
        {
            found.Add(id);
        }

        return found;
    }

    private uint Next(Func<uint, ulong, int> next, uint start)
    {
        ulong id = _lab.Lab.Put(0u);
        Assert.True(next(start, id) is 0 or -(int)Errno.ENOENT);
        return _lab.Lab.Read<uint>(id);
    }

    private void AssertOpens(Func<uint, int> open, uint id)
    {
        int fd = open(id);
        Assert.True(fd > 0);
        Assert.Equal(id, IdOf(fd));
        Assert.Equal(0, Library.close(fd));
    }
}
