using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Maps that objects share by their names: upstream's end_to_end.cpp, <c>map_reuse</c> and what follows it.</summary>
public sealed class PinnedMapTests : IDisposable
{
    private const string Outer = "/ebpf/global/outer";
    private const string Inner = "/ebpf/global/inner";
    private const string Ports = "/ebpf/global/ports";

    private readonly SuiteLab _lab = new();

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public void Maps_that_are_pinned_already_are_used(EbpfExecutionType engine)
    {
        int ports = PinMaps();
        uint outer = _lab.Info<BpfMapInfo>(Library.bpf_obj_get(Outer)).Id;
        bpf_object loaded = _lab.Load("pinned", engine);
        BpfMapInfo used = _lab.Info<BpfMapInfo>(_lab.MapFd(loaded, "outer"));
        Assert.Equal((outer, ""), (used.Id, used.Name.ToString()));
        AssertTakes(loaded, ports);
        Assert.Equal(4, _lab.Objects.Maps);
        Unpin(Outer, Ports);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_template_is_pinned_with_the_maps_that_it_is_for(EbpfExecutionType engine)
    {
        int ports = PinMaps();
        AssertTakes(_lab.Load("pinned_template", engine), ports);
        Assert.Equal(4, _lab.Objects.Maps);
        Unpin(Outer, Ports, Inner);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_template_that_is_pinned_already_is_used(EbpfExecutionType engine)
    {
        int ports = PinMaps();
        int inner = Library.bpf_map_get_fd_by_id(_lab.Find<uint, uint>(Library.bpf_obj_get(Outer), 0));
        Assert.Equal(0, Library.bpf_obj_pin(inner, Inner));
        AssertTakes(_lab.Load("pinned_template", engine), ports);
        Assert.Equal(3, _lab.Objects.Maps);
        Unpin(Outer, Ports, Inner);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_map_of_another_definition_is_not_used(EbpfExecutionType engine)
    {
        int array = _lab.CreateMap(BpfMapType.Array);
        Assert.Equal((0, 0), (Library.bpf_obj_pin(array, Outer), Library.bpf_obj_pin(_lab.CreateMap(BpfMapType.Array), Ports)));
        bpf_object opened = _lab.Open("pinned", engine);
        int maps = _lab.Objects.Maps;
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_object__load(opened));
        Assert.Equal("api.object.reuse", Library.LastRefusal?.Check.Id);
        Assert.Equal(maps, _lab.Objects.Maps);
        Unpin(Outer, Ports);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Maps_at_each_others_paths_are_not_used(EbpfExecutionType engine)
    {
        int inner = _lab.CreateMap(BpfMapType.Array);
        Assert.Equal(0, Library.bpf_obj_pin(_lab.CreateMap(BpfMapType.HashOfMaps, inner: inner), Ports));
        Assert.Equal(0, Library.bpf_obj_pin(inner, Outer));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_object__load(_lab.Open("pinned", engine)));
        Unpin(Outer, Ports);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Maps_are_pinned_by_the_first_object_that_has_them(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("pinned", engine);
        AssertFills(loaded, Outer, Ports);
    }

    [Fact]
    public void Maps_are_pinned_in_the_folder_that_the_caller_names()
    {
        bpf_object? opened = Library.bpf_object__open_file(SuitePrograms.PathOf("pinned"), pin_root_path: "/custom/global");
        Assert.Equal(0, Library.bpf_object__load(opened!));
        AssertFills(opened!, "/custom/global/outer", "/custom/global/ports");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_map_is_pinned_at_a_path_and_found_there(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("bind_limits", engine);
        foreach (string name in (string[])["holders", "limits"])
        {
            bpf_map map = Library.bpf_object__find_map_by_name(loaded, name)!;
            string path = $"bind_limits/{name}";
            Assert.Equal(0, Library.bpf_map__pin(map, path));
            Assert.Equal(name, _lab.Info<BpfMapInfo>(Library.bpf_obj_get(path)).Name.ToString());
            Assert.Equal(0, Library.bpf_map__unpin(map, path));
            Assert.Equal(-(int)Errno.ENOENT, Library.bpf_obj_get(path));
        }
    }

    /// <summary>Pins maps as <c>pinned.c</c> declares them, with 200 in the inner one.</summary>
    /// <returns>The map that takes what was found.</returns>
    private int PinMaps()
    {
        int inner = _lab.CreateMap(BpfMapType.Array);
        int outer = _lab.CreateMap(BpfMapType.HashOfMaps, inner: inner);
        int ports = _lab.CreateMap(BpfMapType.Array);
        Assert.Equal((0, 0), (_lab.Update(outer, 0u, inner), _lab.Update(inner, 0u, 200u)));
        Assert.Equal((0, 0), (Library.bpf_obj_pin(outer, Outer), Library.bpf_obj_pin(ports, Ports)));
        Assert.Equal(0, Library.close(inner));
        return ports;
    }

    private void AssertTakes(bpf_object loaded, int ports)
    {
        _lab.Attach(loaded, "take");
        Assert.Equal((200u, 200u), (_lab.Fire(), _lab.Find<uint, uint>(ports, 0)));
    }

    private void AssertFills(bpf_object loaded, string outerPath, string portsPath)
    {
        int inner = _lab.CreateMap(BpfMapType.Array);
        Assert.Equal((0, 0), (_lab.Update(Library.bpf_obj_get(outerPath), 0u, inner), _lab.Update(inner, 0u, 200u)));
        AssertTakes(loaded, Library.bpf_obj_get(portsPath));
        Assert.Equal(4, _lab.Objects.Maps);
        Unpin(outerPath, portsPath);
    }

    private void Unpin(params string[] paths) => Assert.All(paths, p => Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin(p)));
}
