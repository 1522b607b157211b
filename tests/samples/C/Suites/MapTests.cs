using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Maps of objects, from both sides: upstream's libbpf_test.cpp and end_to_end.cpp.</summary>
public sealed class MapTests : IDisposable
{
    private readonly SuiteLab _lab = new();

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    public static TheoryData<string, EbpfExecutionType> Nested
    {
        get
        {
            TheoryData<string, EbpfExecutionType> rows = [];
            foreach (string name in (string[])["nested", "nested_by_id", "nested_by_position"])
            {
                rows.Add(name, EbpfExecutionType.Jit);
                rows.Add(name, EbpfExecutionType.Interpret);
            }

            return rows;
        }
    }

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_uses_maps_of_each_type(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("map_kinds", engine);
        Assert.Equal(0u, _lab.Run(_lab.ProgramFd(loaded, "use_each")));
    }

    [Fact]
    public void An_objects_maps_are_as_they_are_declared()
    {
        bpf_object loaded = _lab.Load("map_kinds", EbpfExecutionType.Any);
        List<(string?, BpfMapType, uint, uint, uint)> found = [];
        for (bpf_map? map = Libbpf.bpf_object__next_map(loaded, null); map is not null; map = Libbpf.bpf_object__next_map(loaded, map))
        {
            found.Add((
                Libbpf.bpf_map__name(map),
                Libbpf.bpf_map__type(map),
                Libbpf.bpf_map__key_size(map),
                Libbpf.bpf_map__value_size(map),
                Libbpf.bpf_map__max_entries(map)));
        }

        Assert.Equal(
            [
                ("hash", BpfMapType.Hash, 4u, 4u, 10u),
                ("percpu_hash", BpfMapType.PercpuHash, 4u, 4u, 10u),
                ("array", BpfMapType.Array, 4u, 4u, 10u),
                ("percpu_array", BpfMapType.PercpuArray, 4u, 4u, 10u),
                ("lru_hash", BpfMapType.LruHash, 4u, 4u, 10u),
                ("lru_percpu_hash", BpfMapType.LruPercpuHash, 4u, 4u, 10u),
                ("queue", BpfMapType.Queue, 0u, 4u, 10u),
                ("stack", BpfMapType.Stack, 0u, 4u, 10u),
            ],
            found);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_objects_map_is_used_as_any_other(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("map_kinds", engine);
        int map = _lab.MapFd(loaded, "array");
        int program = _lab.ProgramFd(loaded, "use_each");
        ulong value = _lab.Put(0ul);
        ulong beyond = _lab.Put(20u);
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map_lookup_elem(map, beyond, value));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map_lookup_elem(program, beyond, value));
        Assert.Equal(-(int)Errno.EBADF, Library.bpf_map_lookup_elem(12345, beyond, value));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map_lookup_elem(map, 0, value));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map_delete_elem(map, beyond));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map_delete_elem(program, beyond));
        Assert.Equal(-(int)Errno.EINVAL, _lab.Update(map, 20u, 1u));
        Assert.Equal(-(int)Errno.EINVAL, _lab.Update(program, 0u, 1u));
        Assert.Equal(0, _lab.Update(map, 0u, 12345u));
        Assert.Equal(12345u, _lab.Find<uint, uint>(map, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map_update_elem(map, _lab.Put(0u), value, ulong.MaxValue));
        Assert.Equal(0, Library.bpf_map_delete_elem(map, _lab.Put(0u)));
        Assert.Equal(0u, _lab.Find<uint, uint>(map, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map_get_next_key(program, 0, value));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map_get_next_key(map, 0, 0));
        BpfMapCreateOpts opts = new() { Sz = 48, InnerMapFd = program };
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map_create(BpfMapType.HashOfMaps, "bad", 4, 4, 1, _lab.Put(opts)));
    }

    [Theory]
    [MemberData(nameof(Nested))]
    public void A_program_finds_the_map_that_user_mode_puts_in(string program, EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load(program, engine);
        int outer = _lab.MapFd(loaded, "outer");
        int inner = _lab.CreateMap(BpfMapType.Hash);
        Assert.Equal((0, 0), (_lab.Update(inner, 0u, 42u), _lab.Update(outer, 0u, inner)));
        _lab.Attach(loaded, "lookup");
        Assert.Equal(42u, _lab.Fire());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_map_that_is_not_like_the_template_is_refused(EbpfExecutionType engine)
    {
        int outer = _lab.MapFd(_lab.Load("nested", engine), "outer");
        foreach (int inner in (int[])[
            _lab.CreateMap(BpfMapType.Array),
            _lab.CreateMap(BpfMapType.Hash, keySize: 8),
            _lab.CreateMap(BpfMapType.Hash, valueSize: 8),
            _lab.CreateMap(BpfMapType.Hash, maxEntries: 2)])
        {
            Assert.Equal(-(int)Errno.EINVAL, _lab.Update(outer, 0u, inner));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_map_of_maps_has_its_first_map_and_its_template_may_be_nameless(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("first_inner", engine);
        Assert.Equal(_lab.Info<BpfMapInfo>(_lab.MapFd(loaded, "inner")).Id, _lab.Value(loaded, "outer"));
        Assert.Equal(BpfMapType.HashOfMaps, _lab.Info<BpfMapInfo>(_lab.MapFd(loaded, "nameless")).Type);
        Assert.Equal(0u, _lab.Run(_lab.ProgramFd(loaded, "lookup")));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map_lookup_elem(_lab.MapFd(loaded, "inner"), _lab.Put(1u), _lab.Put(0u)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_map_whose_name_is_too_long_is_not_created(EbpfExecutionType engine)
    {
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_object__load(_lab.Open("long_name", engine)));
        Assert.Equal((0, 0, 0), _lab.Objects);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Whoever_waits_for_all_programs_can_take_away_what_only_they_could_see(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("two_steps", engine);
        int first = _lab.MapFd(loaded, "first");
        int second = _lab.MapFd(loaded, "second");
        Assert.Equal((0, 0), (_lab.Update(first, 0u, 0u), _lab.Update(second, 0u, 1u)));
        int program = _lab.ProgramFd(loaded, "follow");
        HostThread run = HostThread.Run(() => _lab.Run(program, repeat: 20_000));
        ulong zero = _lab.Put(0u);
        ulong[] numbers = [.. Enumerable.Range(0, 202).Select(n => _lab.Put((uint)n))];
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(0, Library.bpf_map_update_elem(second, numbers[i + 1], numbers[i + 2], 0));
            Assert.Equal(0, Library.bpf_map_update_elem(first, zero, numbers[i + 1], 0));
            Assert.Equal(EbpfResult.Success, Library.ebpf_program_synchronize());
            Assert.Equal(0, Library.bpf_map_delete_elem(second, numbers[i]));
        }

        run.Join();
        Assert.Equal(0u, _lab.Value(loaded, "misses"));
    }
}
