using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>What libbpf says of an object, before and after it is loaded: upstream's libbpf_test.cpp, end_to_end.cpp and api_test.cpp.</summary>
public sealed class ObjectTests : IDisposable
{
    private readonly SuiteLab _lab = new();

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_object_has_its_programs_instructions_and_maps(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("answer", engine);
        Assert.Equal(SuitePrograms.PathOf("answer"), Libbpf.bpf_object__name(loaded));
        Assert.Null(Library.bpf_object__find_program_by_name(loaded, "nobody"));
        Assert.Equal(Errno.ENOENT, Library.errno);
        Assert.Null(Library.bpf_object__find_map_by_name(loaded, "nothing"));
        Assert.Equal(Errno.ENOENT, Library.errno);
        bpf_program program = _lab.Program(loaded, "answer");
        Assert.Equal(("sample_ext", "answer"), (Libbpf.bpf_program__section_name(program), Libbpf.bpf_program__name(program)));
        Assert.True(Libbpf.bpf_program__fd(program) > 0);
        ulong count = Libbpf.bpf_program__insn_cnt(program);
        Assert.Equal((ulong)Libbpf.bpf_program__insns(program).Count, count);
        Assert.Equal(8 * count, Libbpf.bpf_program__size(program));
        Assert.Null(Library.bpf_object__next_program(loaded, program));
        Assert.Null(Library.bpf_object__prev_program(loaded, program));
        Assert.Same(program, Library.bpf_object__next_program(loaded, null));
        Assert.Same(program, Library.bpf_object__prev_program(loaded, null));
    }

    [Fact]
    public void Programs_and_maps_of_an_object_are_walked_both_ways()
    {
        bpf_object opened = _lab.Open("bind_limits");
        List<string?> names = [];
        for (bpf_program? at = Library.bpf_object__next_program(opened, null); at is not null; at = Library.bpf_object__next_program(opened, at))
        {
            names.Add(Libbpf.bpf_program__name(at));
        }

        Assert.Equal(["first", "last", "limit_ports", "second"], names.Order());
        for (bpf_program? at = Library.bpf_object__prev_program(opened, null); at is not null; at = Library.bpf_object__prev_program(opened, at))
        {
            Assert.Equal(names[^1], Libbpf.bpf_program__name(at));
            names.RemoveAt(names.Count - 1);
        }

        Assert.Empty(names);
        List<string?> maps = [];
        for (bpf_map? at = Libbpf.bpf_object__next_map(opened, null); at is not null; at = Libbpf.bpf_object__next_map(opened, at))
        {
            maps.Add(Libbpf.bpf_map__name(at));
        }

        Assert.Equal(["audits", "holders", "limits", "next"], maps.Order());
    }

    [Fact]
    public void Functions_are_no_programs()
    {
        bpf_object opened = _lab.Open("subprograms");
        Assert.Null(Library.bpf_object__find_program_by_name(opened, "by_process"));
        Assert.NotNull(Library.bpf_object__find_program_by_name(opened, "decide"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_is_not_to_be_loaded_is_not(EbpfExecutionType engine)
    {
        bpf_object opened = _lab.Open("same_section", engine);
        bpf_program caller = _lab.Program(opened, "caller");
        bpf_program callee = _lab.Program(opened, "callee");
        Assert.True(Libbpf.bpf_program__autoload(caller) && Libbpf.bpf_program__autoload(callee));
        Assert.Equal(0, Library.bpf_program__set_autoload(caller, false));
        Assert.Equal(0, Library.bpf_object__load(opened));
        Assert.Equal((-1, true), (Libbpf.bpf_program__fd(caller), Libbpf.bpf_program__fd(callee) > 0));
        Assert.All([caller, callee], p => Assert.Equal(-(int)Errno.EINVAL, Library.bpf_program__set_autoload(p, true)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Programs_and_maps_are_pinned_each_and_all(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("answer", engine);
        bpf_program program = _lab.Program(loaded, "answer");
        bpf_map map = Library.bpf_object__find_map_by_name(loaded, "answers")!;
        const string Path = @"\temp\test";
        AssertOnce(() => Library.bpf_program__pin(program, Path), Errno.EEXIST);
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_obj_get(@"\bad\path"));
        AssertOnce(() => Library.bpf_program__unpin(program, Path), Errno.ENOENT);
        AssertOnce(() => Library.bpf_object__pin_programs(loaded, Path), Errno.EEXIST);
        Assert.Equal(0, Library.bpf_object__unpin_programs(loaded, Path));
        AssertOnce(() => Library.bpf_map__pin(map, Path), Errno.EEXIST);
        Assert.True(Libbpf.bpf_map__is_pinned(map));
        AssertOnce(() => Library.bpf_map__unpin(map, Path), Errno.ENOENT);
        Assert.False(Libbpf.bpf_map__is_pinned(map));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map__pin(map, "another"));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map__unpin(map, null));
        Assert.Equal((0, 0), (Libbpf.bpf_map__set_pin_path(map, null), Libbpf.bpf_map__set_pin_path(map, Path)));
        Assert.Equal(0, Libbpf.bpf_map__set_pin_path(map, null));
        AssertOnce(() => Library.bpf_object__pin_maps(loaded, Path), Errno.EEXIST);
        Assert.Equal(0, Library.bpf_object__unpin_maps(loaded, Path));
        Assert.Equal(0, Library.bpf_object__pin(loaded, Path));
        Assert.True(Libbpf.bpf_map__is_pinned(map));
        Assert.Equal(-(int)Errno.EEXIST, Library.bpf_object__pin_programs(loaded, Path));
        Assert.Equal((0, 0), (Library.bpf_object__unpin_programs(loaded, Path), Library.bpf_object__unpin_maps(loaded, Path)));
        Assert.Equal(0, Library.bpf_obj_pin(_lab.MapFd(loaded, "answers"), Path));
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin(Path));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_bound_map_lives_as_long_as_the_program(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("answer", engine);
        int program = _lab.ProgramFd(loaded, "answer");
        int map = _lab.CreateMap(BpfMapType.Array, maxEntries: 2);
        uint id = _lab.Info<BpfMapInfo>(map).Id;
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_prog_bind_map(-1, map));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_bind_map(map, map));
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_prog_bind_map(program, -1));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_bind_map(program, program));
        Assert.Equal(0, Library.bpf_prog_bind_map(program, map));
        Assert.Equal(0, Library.close(map));
        map = Library.bpf_map_get_fd_by_id(id);
        Assert.True(map > 0);
        Assert.Equal(0, Library.close(map));
        Library.bpf_object__close(loaded);
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map_get_fd_by_id(id));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Map_program_and_link_tell_of_themselves(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("bind_limits", engine);
        _lab.Attach(loaded, "limit_ports");
        BpfMapInfo map = _lab.Info<BpfMapInfo>(_lab.MapFd(loaded, "holders"));
        Assert.Equal((BpfMapType.Hash, 8u, 64u, 1024u, "holders"), (map.Type, map.KeySize, map.ValueSize, map.MaxEntries, map.Name.ToString()));
        BpfProgInfo program = _lab.Info<BpfProgInfo>(_lab.ProgramFd(loaded, "limit_ports"));
        Assert.Equal(("limit_ports", BpfProgType.Bind, 3u), (program.Name.ToString(), program.Type, program.NrMapIds));
        ulong id = _lab.Put(0u);
        Assert.Equal(0, Library.bpf_link_get_next_id(0, id));
        int fd = Library.bpf_link_get_fd_by_id(_lab.Read<uint>(id));
        BpfLinkInfo link = _lab.Info<BpfLinkInfo>(fd);
        Assert.Equal((program.Id, BpfAttachType.Bind), (link.ProgId, link.AttachType));
        Assert.Equal((0, 0), (Library.bpf_link_detach(fd), Library.bpf_link_detach(fd)));
        Assert.Equal(0u, _lab.Info<BpfLinkInfo>(fd).ProgId);
        Assert.Equal(0, Library.close(fd));
    }

    [Fact]
    public void An_object_is_compiled_unless_it_is_to_be_interpreted()
    {
        bpf_object opened = _lab.Open("answer");
        Assert.Equal(EbpfResult.InvalidArgument, Libbpf.ebpf_object_set_execution_type(opened, EbpfExecutionType.Native));
        Assert.Equal(EbpfResult.InvalidArgument, Libbpf.ebpf_object_set_execution_type(opened, (EbpfExecutionType)0x7fffffff));
        foreach ((EbpfExecutionType given, EbpfExecutionType expected) in ((EbpfExecutionType, EbpfExecutionType)[])[
            (EbpfExecutionType.Any, EbpfExecutionType.Jit),
            (EbpfExecutionType.Jit, EbpfExecutionType.Jit),
            (EbpfExecutionType.Interpret, EbpfExecutionType.Interpret)])
        {
            Assert.Equal(EbpfResult.Success, Libbpf.ebpf_object_set_execution_type(opened, given));
            Assert.Equal(expected, Libbpf.ebpf_object_get_execution_type(opened));
        }
    }

    [Fact]
    public void Loaded_programs_are_listed_with_engine_file_and_section()
    {
        string path = SuitePrograms.PathOf("answer");
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_prog_get_next_id(0, _lab.Put(0u)));
        bpf_object[] loaded = [_lab.Load("answer", EbpfExecutionType.Jit), _lab.Load("answer", EbpfExecutionType.Interpret)];
        Assert.Equal([(EbpfCodeType.Jit, path, "sample_ext"), (EbpfCodeType.Ebpf, path, "sample_ext")], loaded.Select(o =>
        {
            int fd = _lab.ProgramFd(o, "answer");
            Assert.Equal(EbpfResult.Success, Library.ebpf_program_query_info(fd, out EbpfCodeType code, out string file, out string section));
            return (code, file, section);
        }));
        Array.ForEach(loaded, Library.bpf_object__close);
        Assert.Equal((0, 0, 0), _lab.Objects);
    }

    [Fact]
    public void Programs_of_an_object_file_are_listed_without_loading_it()
    {
        foreach ((string file, string section, string program, BpfProgType type) in ((string, string, string, BpfProgType)[])[
            ("answer", "sample_ext", "answer", BpfProgType.Sample), ("bind_limits", "bind", "limit_ports", BpfProgType.Bind)])
        {
            Assert.Equal(EbpfResult.Success, Library.ebpf_enumerate_programs(
                SuitePrograms.PathOf(file), true, out IReadOnlyList<ebpf_api_program_info> infos, out string? message));
            Assert.Null(message);
            ebpf_api_program_info info = Assert.Single(infos, i => i.program_name == program);
            Assert.Equal((section, type), (info.section_name, Libbpf.ebpf_get_bpf_program_type(info.program_type)));
        }

        Assert.NotEqual(EbpfResult.Success, Library.ebpf_enumerate_programs("no_such_file.o", false, out _, out string? missing));
        Assert.NotNull(missing);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Flags_of_a_program_are_set_before_it_is_loaded(EbpfExecutionType engine)
    {
        bpf_object opened = _lab.Open("texts", engine);
        bpf_program program = _lab.Program(opened, "memory");
        Assert.Equal(0, Library.bpf_program__set_flags(program, 0xCCCCCCCC));
        Assert.Equal(0xCCCCCCCC, Libbpf.bpf_program__flags(program));
        Assert.Equal(0, Library.bpf_object__load(opened));
        Assert.Equal(-(int)Errno.EBUSY, Library.bpf_program__set_flags(program, 1));
        _lab.Attach(opened, "memory");
        Assert.NotEqual(NetworkAction.NotFiltered, _lab.Bind(1));
    }

    [Fact]
    public void The_older_call_loads_an_object_by_its_path()
    {
        Assert.Equal(0, Library.bpf_prog_load_deprecated(
            SuitePrograms.PathOf("answer"), BpfProgType.Sample, out bpf_object? loaded, out int program));
        Assert.Equal(42u, _lab.Run(program));
        Library.bpf_object__close(loaded);
    }

    [Fact]
    public void A_program_of_another_type_than_its_own_lacks_its_helpers()
    {
        bpf_object opened = _lab.Open("answer");
        bpf_program program = _lab.Program(opened, "answer");
        Assert.Equal(0, Library.bpf_program__set_type(program, BpfProgType.Bind));
        Assert.Equal(-(int)Errno.EACCES, Library.bpf_object__load(opened));
        Assert.Equal(CheckTable.BytecodeHelper, Library.LastRefusal?.Check);
    }

    private void AssertOnce(Func<int> call, Errno again)
    {
        Assert.Equal(0, call());
        Assert.Equal(-(int)again, call());
        Assert.Equal(again, Library.errno);
    }
}
