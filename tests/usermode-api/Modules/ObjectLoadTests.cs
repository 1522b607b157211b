using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Modules;

/// <summary>Objects opened, loaded, unloaded and closed: upstream's libbpf_object.cpp, and libbpf_test.cpp's cases of it.</summary>
public sealed class ObjectLoadTests : IDisposable
{
    private const string Chain = "tail_call_chain.sys";

    private readonly ModuleLab _lab = new();

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(null, Errno.EINVAL, null)]
    [InlineData("nothing.sys", Errno.EINVAL, "api.object.file")]
    [InlineData("droppacket.o", Errno.ENOENT, "api.object.host_file")]
    [InlineData("", Errno.ENOENT, "api.object.host_file")]
    public void What_is_no_file_of_a_module_cannot_be_opened(string? path, Errno errno, string? check)
    {
        Assert.Null(Library.bpf_object__open(path));
        Assert.Equal(errno, Library.errno);
        if (check is not null)
        {
            Assert.Equal(check, Library.LastRefusal?.Check.Id);
        }
    }

    [Fact]
    public void An_object_has_the_name_of_its_file_or_one_that_it_is_given()
    {
        bpf_object plain = _lab.Open("droppacket.sys");
        bpf_object? named = Library.bpf_object__open_file("droppacket.sys", object_name: "mine");
        Assert.Equal(("droppacket.sys", "mine"), (Libbpf.bpf_object__name(plain), Libbpf.bpf_object__name(named!)));
    }

    [Fact]
    public void Before_loading_there_are_descriptions_and_no_descriptors()
    {
        bpf_object opened = _lab.Open("bindmonitor.sys");
        bpf_program program = _lab.Program(opened, "BindMonitor");
        Assert.Equal(-1, Libbpf.bpf_program__fd(program));
        Assert.Equal("bind", Libbpf.bpf_program__section_name(program));
        Assert.Equal(BpfProgType.Bind, Libbpf.bpf_program__type(program));
        Assert.Equal(BpfAttachType.Bind, Libbpf.bpf_program__get_expected_attach_type(program));
        bpf_map map = _lab.Map(opened, "process_map");
        Assert.Equal(-1, Library.bpf_map__fd(map));
        Assert.Equal(
            (BpfMapType.Hash, 8u, 8u, 1024u),
            (Libbpf.bpf_map__type(map), Libbpf.bpf_map__key_size(map), Libbpf.bpf_map__value_size(map), Libbpf.bpf_map__max_entries(map)));
        Assert.Equal(-1, Library.bpf_object__find_map_fd_by_name(opened, "limits_map"));
    }

    [Fact]
    public void A_native_program_has_no_instructions()
    {
        bpf_program program = _lab.Program(_lab.Load("droppacket.sys"), "DropPacket");
        Assert.Equal((0ul, 0ul), (Libbpf.bpf_program__insn_cnt(program), Libbpf.bpf_program__size(program)));
    }

    [Fact]
    public void Programs_and_maps_are_walked_both_ways()
    {
        bpf_object opened = _lab.Open(Chain);
        List<string?> programs = [];
        for (bpf_program? at = Library.bpf_object__next_program(opened, null); at is not null; at = Library.bpf_object__next_program(opened, at))
        {
            programs.Add(Libbpf.bpf_program__name(at));
        }

        for (bpf_program? at = Library.bpf_object__prev_program(opened, null); at is not null; at = Library.bpf_object__prev_program(opened, at))
        {
            programs.Add(Libbpf.bpf_program__name(at));
        }

        Assert.Equal(["first", "second", "third", "third", "second", "first"], programs);
        bpf_map? first = Libbpf.bpf_object__next_map(opened, null);
        bpf_map? last = Libbpf.bpf_object__prev_map(opened, null);
        Assert.Equal(("steps_map", "runs_map"), (Libbpf.bpf_map__name(first), Libbpf.bpf_map__name(last)));
        Assert.Same(last, Libbpf.bpf_object__next_map(opened, first));
        Assert.Same(first, Libbpf.bpf_object__prev_map(opened, last));
        Assert.Null(Libbpf.bpf_object__next_map(opened, last));
        Assert.Null(Libbpf.bpf_object__prev_map(opened, first));
    }

    [Fact]
    public void A_program_of_another_object_is_no_place_to_walk_from()
    {
        bpf_object one = _lab.Open(Chain);
        bpf_object other = _lab.Open(Chain);
        Assert.Equal(0, Library.close(_lab.Lab.CreateMap(BpfMapType.Hash)));
        Assert.Null(Library.bpf_object__find_program_by_name(one, "fourth"));
        Assert.Equal(Errno.ENOENT, Library.errno);

        // Of maps upstream says nothing, of programs EINVAL.
        Assert.Null(Libbpf.bpf_object__next_map(one, _lab.Map(other, "steps_map")));
        Assert.Null(Libbpf.bpf_object__prev_map(one, _lab.Map(other, "runs_map")));
        Assert.Equal(Errno.ENOENT, Library.errno);
        Assert.Null(Library.bpf_object__next_program(one, _lab.Program(other, "first")));
        Assert.Equal(Errno.EINVAL, Library.errno);
    }

    [Fact]
    public void An_unknown_map_is_enoent_and_its_descriptor_einval()
    {
        bpf_object opened = _lab.Open(Chain);
        Assert.Null(Library.bpf_object__find_map_by_name(opened, "nothing"));
        Assert.Equal(Errno.ENOENT, Library.errno);
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_object__find_map_fd_by_name(opened, "nothing"));
        Assert.Equal(Errno.EINVAL, Library.errno);
    }

    [Fact]
    public void Open_objects_are_walked_in_the_order_of_their_opening()
    {
        bpf_object[] opened = [_lab.Open(Chain), _lab.Open("droppacket.sys"), _lab.Open(Chain)];
        Assert.Same(opened[0], Library.bpf_object__next(null));
        Assert.Same(opened[2], Library.bpf_object__next(opened[1]));
        Library.bpf_object__close(opened[1]);
        Assert.Same(opened[2], Library.bpf_object__next(opened[0]));
        Assert.Null(Library.bpf_object__next(opened[1]));
        Assert.Null(Library.bpf_object__next(opened[2]));
    }

    [Fact]
    public void An_object_is_loaded_once_and_unloading_does_not_take_that_back()
    {
        bpf_object loaded = _lab.Load("droppacket.sys");
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_object__load(loaded));
        Assert.True(_lab.Fd(loaded, "DropPacket") > 0);
        Assert.Equal(0, Library.bpf_object__unload(loaded));
        Assert.Equal((-1, -1), (_lab.Fd(loaded, "DropPacket"), Library.bpf_object__find_map_fd_by_name(loaded, "dropped_packet_map")));
        Assert.Equal(0, Library.bpf_object__unload(loaded));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_object__load(loaded));
        Assert.Equal(-(int)Errno.EBUSY, Library.bpf_program__set_flags(_lab.Program(loaded, "DropPacket"), 1));
    }

    [Fact]
    public void Unloading_what_was_never_loaded_is_no_error()
    {
        bpf_object opened = _lab.Open("droppacket.sys");
        Assert.Equal(0, Library.bpf_object__unload(opened));
        Assert.Equal(0, Library.bpf_object__load(opened));
    }

    [Fact]
    public void Closing_takes_programs_and_maps_with_it_but_not_what_is_pinned()
    {
        bpf_object loaded = _lab.Load(Chain);
        uint program = _lab.ProgramId(_lab.Fd(loaded, "third"));
        uint pinned = _lab.Info<BpfMapInfo>(Library.bpf_map__fd(_lab.Map(loaded, "runs_map"))).Id;
        Assert.Equal(0, Library.bpf_map__pin(_lab.Map(loaded, "runs_map"), "/runs"));
        Library.bpf_object__close(loaded);
        Library.bpf_object__close(null);
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_prog_get_fd_by_id(program));
        int map = Library.bpf_map_get_fd_by_id(pinned);
        Assert.True(map > 0);
        Assert.Equal(0, Library.close(map));
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin("/runs"));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map_get_fd_by_id(pinned));
    }

    [Fact]
    public void A_program_that_is_not_to_be_loaded_has_no_descriptor_and_is_gone()
    {
        bpf_object opened = _lab.Open(Chain);
        bpf_program first = _lab.Program(opened, "first");
        Assert.True(Libbpf.bpf_program__autoload(first));
        Assert.Equal(0, Library.bpf_program__set_autoload(first, false));
        Assert.False(Libbpf.bpf_program__autoload(first));
        Assert.Equal(0, Library.bpf_object__load(opened));
        Assert.Equal(-1, Libbpf.bpf_program__fd(first));
        Assert.True(_lab.Fd(opened, "second") > 0);
        foreach (bool value in (bool[])[true, false])
        {
            Assert.Equal(-(int)Errno.EINVAL, Library.bpf_program__set_autoload(first, value));
        }

        ulong id = _lab.Lab.Put(0u);
        List<string> names = [];
        for (uint at = 0; Library.bpf_prog_get_next_id(at, id) == 0;)
        {
            at = _lab.Lab.Read<uint>(id);
            int fd = Library.bpf_prog_get_fd_by_id(at);
            names.Add(_lab.Info<BpfProgInfo>(fd).Name.ToString());
            Assert.Equal(0, Library.close(fd));
        }

        Assert.Equal(["second", "third"], names.Order());
    }

    [Fact]
    public void Setters_are_refused_once_the_object_is_loaded()
    {
        bpf_object opened = _lab.Open("droppacket.sys");
        bpf_program program = _lab.Program(opened, "DropPacket");
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_program__set_type(program, BpfProgType.Bind));
        Assert.Equal(0, Library.bpf_program__set_flags(program, 5));
        Assert.Equal(0, Library.bpf_program__set_expected_attach_type(program, BpfAttachType.Bind));
        Assert.Equal(BpfAttachType.Bind, Libbpf.bpf_program__get_expected_attach_type(program));
        Assert.Equal(0, Library.bpf_program__set_expected_attach_type(program, (BpfAttachType)200));
        Assert.Equal(BpfAttachType.Bind, Libbpf.bpf_program__get_expected_attach_type(program));
        Assert.Equal(0, Library.bpf_object__load(opened));

        // A native program is what it was compiled as; only the flags were the caller's.
        Assert.Equal(BpfAttachType.Xdp, Libbpf.bpf_program__get_expected_attach_type(program));
        Assert.Equal(5u, Libbpf.bpf_program__flags(program));
        Assert.Equal(-(int)Errno.EBUSY, Library.bpf_program__set_type(program, BpfProgType.Bind));
        Assert.Equal(-(int)Errno.EBUSY, Library.bpf_program__set_flags(program, 6));
        Assert.Equal(-(int)Errno.EBUSY, Library.bpf_program__set_expected_attach_type(program, BpfAttachType.Bind));
        Assert.Equal((BpfProgType.Xdp, 5u), (Libbpf.bpf_program__type(program), Libbpf.bpf_program__flags(program)));
    }

    [Fact]
    public void A_copy_of_a_module_has_maps_of_its_own()
    {
        _lab.InstallChanged("copy.sys", f => f);
        bpf_object[] loaded = [_lab.Load("droppacket.sys"), _lab.Load("copy.sys")];
        uint[] maps = [.. loaded.Select(o => _lab.Info<BpfMapInfo>(Library.bpf_object__find_map_fd_by_name(o, "dropped_packet_map")).Id)];
        Assert.NotEqual(maps[0], maps[1]);
        Library.bpf_object__close(loaded[0]);
        Assert.Equal(maps[1], _lab.Info<BpfMapInfo>(Library.bpf_object__find_map_fd_by_name(loaded[1], "dropped_packet_map")).Id);
    }

    [Fact]
    public void A_load_that_the_kernel_refuses_leaves_nothing_and_can_be_tried_again()
    {
        _lab.InstallChanged("empty.sys", f => f with { Maps = [f.Maps[0] with { MaxEntries = 0 }] });
        bpf_object opened = _lab.Open("empty.sys");

        // So that the library has its handle of the device.
        Assert.Equal(0, Library.close(_lab.Lab.CreateMap(BpfMapType.Hash)));
        int handles = _lab.Lab.Process.Handles.Count;
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(-(int)Errno.EINVAL, Library.bpf_object__load(opened));
            Assert.Equal(handles, _lab.Lab.Process.Handles.Count);
            Assert.Equal((-1, -1), (_lab.Fd(opened, "DropPacket"), Library.bpf_object__find_map_fd_by_name(opened, "dropped_packet_map")));
        }

        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map_get_next_id(0, _lab.Lab.Put(0u)));
    }

    [Fact]
    public void A_file_that_became_another_since_it_was_opened_is_refused_and_leaves_nothing()
    {
        _lab.InstallChanged("changing.sys", f => f);
        bpf_object opened = _lab.Open("changing.sys");
        Assert.Equal(0, Library.close(_lab.Lab.CreateMap(BpfMapType.Hash)));
        int handles = _lab.Lab.Process.Handles.Count;
        _lab.InstallChanged("changing.sys", f => f with { Maps = [.. f.Maps, f.Maps[0] with { Name = "another" }] });
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_object__load(opened));
        Assert.Equal("api.object.contents", Library.LastRefusal?.Check.Id);
        Assert.Equal(handles, _lab.Lab.Process.Handles.Count);
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map_get_next_id(0, _lab.Lab.Put(0u)));
        _lab.InstallChanged("changing.sys", f => f);
        Assert.Equal(0, Library.bpf_object__load(opened));
    }

    [Fact]
    public void A_map_pinned_by_name_is_pinned_by_the_kernel_and_found_again_by_the_next_load()
    {
        _lab.InstallChanged("pinned.sys", f => f with { Maps = [f.Maps[0] with { Pinning = EbpfPinType.ByName }] });
        bpf_object first = _lab.Load("pinned.sys");
        bpf_map map = _lab.Map(first, "dropped_packet_map");
        uint id = _lab.Info<BpfMapInfo>(Library.bpf_map__fd(map)).Id;

        // Upstream's library does not hear of it.
        Assert.False(Libbpf.bpf_map__is_pinned(map));
        Assert.Equal(-(int)Errno.EEXIST, Library.bpf_map__pin(map, null));
        int pinned = Library.bpf_obj_get("/ebpf/global/dropped_packet_map");
        Assert.Equal(id, _lab.Info<BpfMapInfo>(pinned).Id);
        Assert.Equal(0, Library.close(pinned));
        Library.bpf_object__close(first);
        bpf_object second = _lab.Load("pinned.sys");
        map = _lab.Map(second, "dropped_packet_map");
        Assert.Equal(id, _lab.Info<BpfMapInfo>(Library.bpf_map__fd(map)).Id);
        Assert.Equal(0, Library.bpf_map__unpin(map, null));
    }

    [Fact]
    public void Attaching_before_loading_is_einval_and_works_after()
    {
        bpf_object opened = _lab.Open("droppacket.sys");
        bpf_program program = _lab.Program(opened, "DropPacket");
        Assert.Null(Library.bpf_program__attach(program));
        Assert.Equal(Errno.EINVAL, Library.errno);
        Assert.Null(Library.bpf_program__attach_xdp(program, 1));
        Assert.Equal(Errno.EINVAL, Library.errno);
        Assert.Null(Library.bpf_program__attach(null));
        Assert.Null(Library.bpf_program__attach_xdp(null, 1));
        Assert.Equal(0, Library.bpf_object__load(opened));
        bpf_link? link = Library.bpf_program__attach(program);
        Assert.NotNull(link);
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Library.bpf_program__unload(program);
        Assert.Equal(-1, Libbpf.bpf_program__fd(program));
        Assert.Null(Library.bpf_program__attach(program));
        Assert.Equal(Errno.EINVAL, Library.errno);
    }

    [Fact]
    public void Without_administrators_rights_nothing_is_loaded()
    {
        using Lab lab = new(administrator: false);
        KernelSim.Samples.Programs.SampleModules.Install(lab.Machine.Images);
        bpf_object? opened = lab.Library.bpf_object__open("droppacket.sys");
        Assert.NotNull(opened);
        Assert.Equal(-(int)Errno.EPERM, lab.Library.bpf_object__load(opened));
        lab.Library.bpf_object__close(opened);
    }
}
