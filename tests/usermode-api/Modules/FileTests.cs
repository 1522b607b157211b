using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Modules;

/// <summary>Files of programs as ebpf_api.h has them, and the older ways to load: upstream's api_test.cpp.</summary>
public sealed class FileTests : IDisposable
{
    private readonly ModuleLab _lab = new();

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Programs_of_a_file_are_listed_without_loading_it()
    {
        Assert.Equal(
            EbpfResult.Success,
            Library.ebpf_enumerate_programs("bindmonitor.sys", false, out IReadOnlyList<ebpf_api_program_info> infos, out string? message));
        Assert.Null(message);
        ebpf_api_program_info info = Assert.Single(infos);
        Assert.Equal(("bind", "BindMonitor"), (info.section_name, info.program_name));
        Assert.Equal(
            (BpfProgType.Bind, BpfAttachType.Bind),
            (Libbpf.ebpf_get_bpf_program_type(info.program_type), Libbpf.ebpf_get_bpf_attach_type(info.expected_attach_type)));
        Assert.False(info.raw_data.IsEmpty);
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_prog_get_next_id(0, _lab.Lab.Put(0u)));
        Assert.Null(Library.bpf_object__next(null));
    }

    [Theory]
    [InlineData("nothing.sys", EbpfResult.InvalidObject)]
    [InlineData("test_sample_ebpf.o", EbpfResult.Failed)]
    public void A_file_that_cannot_be_listed_says_why(string file, EbpfResult result)
    {
        Assert.Equal(result, Library.ebpf_enumerate_programs(file, true, out IReadOnlyList<ebpf_api_program_info> infos, out string? message));
        Assert.Empty(infos);
        Assert.Contains(file, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_without_an_object_is_loaded_once_there_is_room_for_its_descriptors()
    {
        ulong maps = 0;
        ulong programs = 0;
        Assert.Equal(EbpfResult.NoMemory, Library.ebpf_object_load_native_by_fds("bindmonitor.sys", ref maps, [], ref programs, []));
        Assert.Equal((2ul, 1ul), (maps, programs));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_prog_get_next_id(0, _lab.Lab.Put(0u)));
        int[] mapFds = new int[3];
        int[] programFds = new int[1];
        maps = 3;
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_load_native_by_fds("bindmonitor.sys", ref maps, mapFds, ref programs, programFds));
        Assert.Equal((2ul, 1ul, 0), (maps, programs, mapFds[2]));
        Assert.Equal("BindMonitor", _lab.Info<BpfProgInfo>(programFds[0]).Name.ToString());
        Assert.Equal(["process_map", "limits_map"], mapFds[..2].Select(fd => _lab.Info<BpfMapInfo>(fd).Name.ToString()));
        Assert.All([mapFds[0], mapFds[1], programFds[0]], fd => Assert.Equal(0, Library.close(fd)));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_prog_get_next_id(0, _lab.Lab.Put(0u)));
    }

    [Fact]
    public void A_module_that_is_not_there_leaves_the_counts_as_they_were()
    {
        ulong maps = 1;
        ulong programs = 1;
        int[] fds = new int[1];
        Assert.Equal(EbpfResult.InvalidObject, Library.ebpf_object_load_native_by_fds("nothing.sys", ref maps, fds, ref programs, fds));
        Assert.Equal((1ul, 1ul), (maps, programs));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            ulong many = 2;
            Library.ebpf_object_load_native_by_fds("bindmonitor.sys", ref many, fds, ref many, fds);
        });
    }

    [Fact]
    public void An_object_is_native_and_cannot_be_made_anything_else()
    {
        bpf_object opened = _lab.Open("droppacket.sys");
        Assert.Equal(EbpfExecutionType.Native, Libbpf.ebpf_object_get_execution_type(opened));
        Assert.Equal(EbpfResult.Success, Libbpf.ebpf_object_set_execution_type(opened, EbpfExecutionType.Any));
        Assert.Equal(EbpfResult.Success, Libbpf.ebpf_object_set_execution_type(opened, EbpfExecutionType.Native));
        foreach (EbpfExecutionType type in (EbpfExecutionType[])[EbpfExecutionType.Jit, EbpfExecutionType.Interpret, (EbpfExecutionType)0x7FFFFFFF])
        {
            Assert.Equal(EbpfResult.InvalidArgument, Libbpf.ebpf_object_set_execution_type(opened, type));
        }

        Assert.Equal(EbpfExecutionType.Native, Libbpf.ebpf_object_get_execution_type(opened));
    }

    [Fact]
    public void A_program_of_an_object_is_attached_where_it_belongs_or_where_the_caller_says()
    {
        bpf_object opened = _lab.Open("droppacket.sys");
        bpf_program program = _lab.Program(opened, "DropPacket");
        Assert.Equal(EbpfResult.InvalidObject, Library.ebpf_program_attach(program, null, 0, 0, out bpf_link? link));
        Assert.Null(link);
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_program_attach(program, Guid.Empty, 0, 0, out _));
        Assert.Equal(0, Library.bpf_object__load(opened));
        Assert.Equal(EbpfResult.Success, Library.ebpf_program_attach(program, null, _lab.Lab.Put(5), 4, out link));
        Assert.Equal(5u, _lab.Info<BpfLinkInfo>(Libbpf.bpf_link__fd(link!)).XdpIfindex);
        Assert.Equal(0, Library.bpf_link__destroy(link));
        Libbpf.ebpf_get_ebpf_attach_type(BpfAttachType.Bind, out Guid bind);
        Assert.Equal(EbpfResult.ExtensionFailedToLoad, Library.ebpf_program_attach(program, bind, 0, 0, out _));
        Assert.Equal(Errno.EINVAL, Library.errno);
    }

    [Fact]
    public void The_older_call_opens_and_loads_and_hands_out_the_first_program()
    {
        Assert.Equal(
            -(int)Errno.EINVAL, Library.bpf_prog_load_deprecated("tail_call_chain.sys", (BpfProgType)77, out bpf_object? loaded, out int fd));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_load_deprecated("nothing.sys", BpfProgType.Unspec, out loaded, out fd));
        Assert.Equal((null, -1), (loaded, fd));
        Assert.Equal(0, Library.bpf_prog_load_deprecated("tail_call_chain.sys", BpfProgType.Unspec, out loaded, out fd));
        Assert.Equal("first", _lab.Info<BpfProgInfo>(fd).Name.ToString());
        Assert.Equal(_lab.Fd(loaded!, "first"), fd);
    }

    [Fact]
    public void Older_names_are_the_same_calls_with_their_arguments_the_other_way_round()
    {
        bpf_object opened = _lab.Open("tail_call_chain.sys");
        bpf_program? first = Library.bpf_program__next(null, opened);
        Assert.Same(first, Library.bpf_program__prev(Library.bpf_program__next(first, opened), opened));
        bpf_map? map = Libbpf.bpf_map__next(null, opened);
        Assert.Same(map, Libbpf.bpf_map__prev(Libbpf.bpf_map__next(map, opened), opened));
        Assert.Equal(BpfProgType.Xdp, Libbpf.bpf_program__get_type(first!));
        Assert.Null(Libbpf.bpf_program__log_buf(first!, out ulong size));
        Assert.Equal(0ul, size);
        Assert.Null(Library.bpf_object__open("nothing.sys"));
        Assert.Equal(-(long)Errno.EINVAL, Library.libbpf_get_error(null));
        Assert.Null(Library.bpf_object__open_mem(0, 10));
        Assert.Equal(Errno.EINVAL, Library.errno);
        Assert.Null(Library.bpf_object__open_mem(_lab.Lab.Allocate(10), 10));
        Assert.Equal(-(long)Errno.EOTHER, Library.libbpf_get_error(null));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_load_program(BpfProgType.Xdp, 0, 0, 0, 0, 0, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_load_program(BpfProgType.Xdp, _lab.Lab.Put(0x95UL), 1, 0, 0, 0, 1UL << 32));
        Assert.True(Library.bpf_load_program(BpfProgType.Xdp, _lab.Lab.Put(0x95UL), 1, 0, 0, 0, 0) > 0);
    }

    [Fact]
    public void Pinned_maps_are_listed_with_what_they_were_created_with()
    {
        Assert.Equal(EbpfResult.Success, Library.ebpf_api_get_pinned_map_info(out IReadOnlyList<ebpf_map_info> maps));
        Assert.Empty(maps);
        int map = _lab.Lab.CreateMap(BpfMapType.Array, valueSize: 12, maxEntries: 3);
        Assert.Equal(0, Library.bpf_obj_pin(map, @"BPF:\test_map_pin"));
        Assert.Equal(0, Library.bpf_program__pin(_lab.Program(_lab.Load("droppacket.sys"), "DropPacket"), "a_program"));
        Assert.Equal(EbpfResult.Success, Library.ebpf_api_get_pinned_map_info(out maps));
        ebpf_map_info only = Assert.Single(maps);
        Assert.Equal(@"BPF:\test_map_pin", only.pin_path);
        Assert.Equal(
            (BpfMapType.Array, 4u, 12u, 3u, 0u),
            (only.definition.Type, only.definition.KeySize, only.definition.ValueSize, only.definition.MaxEntries, only.definition.InnerMapId));
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_get("test_map_pin", out int opened));
        Assert.Equal(_lab.Info<BpfMapInfo>(map).Id, _lab.Info<BpfMapInfo>(opened).Id);
        Assert.Equal(EbpfResult.KeyNotFound, Library.ebpf_object_get("nothing", out opened));
        Assert.Equal((EbpfResult.InvalidArgument, -1), (Library.ebpf_object_get("/../x", out opened), opened));
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin("test_map_pin"));
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin("a_program"));
    }

    [Fact]
    public void Pinned_maps_that_fill_more_than_the_first_room_are_listed_all_the_same()
    {
        int map = _lab.Lab.CreateMap(BpfMapType.Array);
        string[] paths = [.. Enumerable.Range(0, 60).Select(i => $@"BPF:\{new string('p', 200)}{i:d2}")];
        Assert.All(paths, path => Assert.Equal(0, Library.bpf_obj_pin(map, path)));
        Assert.Equal(EbpfResult.Success, Library.ebpf_api_get_pinned_map_info(out IReadOnlyList<ebpf_map_info> maps));
        Assert.Equal(paths, maps.Select(m => m.pin_path).Order(StringComparer.Ordinal));
        Assert.All(paths, path => Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin(path)));
    }
}
