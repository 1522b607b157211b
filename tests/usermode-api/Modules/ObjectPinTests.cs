using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Modules;

/// <summary>Maps and programs of an object pinned one by one and together: upstream's "libbpf map pinning" and "libbpf program pinning".</summary>
public sealed class ObjectPinTests : IDisposable
{
    private readonly ModuleLab _lab = new();

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_map_is_pinned_at_the_path_that_it_has()
    {
        bpf_map map = _lab.Map(_lab.Load("droppacket.sys"), "dropped_packet_map");
        Assert.False(Libbpf.bpf_map__is_pinned(map));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map__pin(map, null));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map__unpin(map, null));
        Assert.Equal(0, Library.bpf_map__pin(map, @"\temp\test"));
        Assert.True(Libbpf.bpf_map__is_pinned(map));

        // Pinned there already; pinned, and another or no path given.
        Assert.Equal(-(int)Errno.EEXIST, Library.bpf_map__pin(map, @"\temp\test"));
        Assert.Equal(-(int)Errno.EOTHER, Library.bpf_map__pin(map, "other"));
        Assert.Equal(-(int)Errno.EOTHER, Library.bpf_map__pin(map, null));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map__unpin(map, "other"));
        Assert.Equal(0, Library.bpf_map__unpin(map, null));
        Assert.False(Libbpf.bpf_map__is_pinned(map));

        // The path stays the map's until it is set anew.
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map__pin(map, "other"));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map__unpin(map, null));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map__unpin(map, @"\temp\test"));
        Assert.Equal(0, Libbpf.bpf_map__set_pin_path(map, null));
        Assert.Equal(0, Library.bpf_map__pin(map, "other"));
        Assert.Equal(0, Library.bpf_map__unpin(map, "other"));
    }

    [Fact]
    public void A_map_of_an_object_that_is_not_loaded_cannot_be_pinned_but_keeps_the_path()
    {
        bpf_map map = _lab.Map(_lab.Open("droppacket.sys"), "dropped_packet_map");
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map__pin(map, "/a"));
        Assert.False(Libbpf.bpf_map__is_pinned(map));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_map__pin(map, "/b"));
        Assert.Equal("api.map_pin.path", Library.LastRefusal?.Check.Id);
    }

    [Fact]
    public void All_maps_are_pinned_by_their_names_or_none()
    {
        bpf_object loaded = _lab.Load("bindmonitor.sys");
        int other = _lab.Lab.CreateMap(BpfMapType.Hash);
        Assert.Equal(0, Library.bpf_obj_pin(other, "/dir/limits_map"));
        Assert.Equal(-(int)Errno.EEXIST, Library.bpf_object__pin_maps(loaded, "/dir"));
        Assert.Equal(Errno.EEXIST, Library.errno);
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_obj_get("/dir/process_map"));
        Assert.False(Libbpf.bpf_map__is_pinned(_lab.Map(loaded, "process_map")));
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin("/dir/limits_map"));
        Assert.Equal(0, Library.bpf_object__pin_maps(loaded, "/dir"));
        foreach (string path in (string[])["/dir/process_map", "/dir/limits_map"])
        {
            int fd = Library.bpf_obj_get(path);
            Assert.True(fd > 0, path);
            Assert.Equal(0, Library.close(fd));
        }

        Assert.Equal(-(int)Errno.EEXIST, Library.bpf_object__pin_maps(loaded, "/dir"));
        Assert.Equal(0, Library.bpf_object__unpin_maps(loaded, "/dir"));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_object__unpin_maps(loaded, "/dir"));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_object__unpin_maps(loaded, "/elsewhere"));
    }

    [Fact]
    public void The_check_that_refused_is_told_whatever_had_to_be_undone_since()
    {
        bpf_object loaded = _lab.Load("bindmonitor.sys");
        Assert.Equal(0, Library.bpf_map__pin(_lab.Map(loaded, "limits_map"), "/elsewhere"));
        Assert.Equal(-(int)Errno.EOTHER, Library.bpf_object__pin_maps(loaded, "/dir"));
        Assert.Equal((Errno.EOTHER, "api.map_pin.pinned"), (Library.errno, Library.LastRefusal?.Check.Id));
        Assert.Equal(-(int)Errno.EOTHER, Library.bpf_object__pin(loaded, "/dir"));
        Assert.Equal("api.map_pin.pinned", Library.LastRefusal?.Check.Id);

        // What fails without a check is not told of the last one that had one.
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_object__pin(null, "/dir"));
        Assert.Null(Library.LastRefusal);
        Assert.Equal(0, Library.bpf_map__unpin(_lab.Map(loaded, "limits_map"), null));
    }

    [Fact]
    public void Without_a_folder_no_map_is_pinned_and_without_an_object_there_is_enoent()
    {
        bpf_object loaded = _lab.Load("bindmonitor.sys");
        Assert.Equal(0, Library.bpf_object__pin_maps(loaded, null));
        Assert.Equal(0, Library.bpf_object__unpin_maps(loaded, null));
        Assert.False(Libbpf.bpf_map__is_pinned(_lab.Map(loaded, "process_map")));
        foreach (Func<bpf_object?, string?, int> call in (Func<bpf_object?, string?, int>[])[
            Library.bpf_object__pin, Library.bpf_object__pin_maps, Library.bpf_object__unpin_maps,
            Library.bpf_object__pin_programs, Library.bpf_object__unpin_programs])
        {
            Assert.Equal(-(int)Errno.ENOENT, call(null, "/dir"));
        }
    }

    [Theory]
    [InlineData(260 - 13, Errno.None, Errno.ENAMETOOLONG)]
    [InlineData(260 - 12, Errno.ENAMETOOLONG, Errno.ENAMETOOLONG)]
    public void A_path_of_260_characters_with_its_end_is_too_long(int folder, Errno shorter, Errno longer)
    {
        // "process_map" and its slash are 12, "limits_map" and its slash 11.
        bpf_object loaded = _lab.Load("bindmonitor.sys");
        string path = "/" + new string('f', folder - 1);
        int expected = shorter == Errno.None ? (int)Errno.EINVAL : (int)longer;
        Assert.Equal(-expected, Library.bpf_object__pin_maps(loaded, path));
        Assert.False(Libbpf.bpf_map__is_pinned(_lab.Map(loaded, "process_map")));
    }

    [Fact]
    public void A_program_is_pinned_and_opened_again()
    {
        bpf_object loaded = _lab.Load("droppacket.sys");
        bpf_program program = _lab.Program(loaded, "DropPacket");
        Assert.Equal(0, Library.bpf_program__pin(program, @"\temp\test"));
        Assert.Equal(-(int)Errno.EEXIST, Library.bpf_program__pin(program, @"\temp\test"));

        // A call that succeeds leaves errno alone.
        int fd = Library.bpf_obj_get(@"\temp\test");
        Assert.Equal(Errno.EEXIST, Library.errno);
        Assert.Equal(_lab.ProgramId(Libbpf.bpf_program__fd(program)), _lab.ProgramId(fd));
        Assert.Equal(0, Library.close(fd));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_obj_get(@"\bad\path"));
        Assert.Equal(0, Library.bpf_program__unpin(program, @"\temp\test"));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_program__unpin(program, @"\temp\test"));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_program__pin(null, "x"));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_program__unpin(null, "x"));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_program__pin(program, null));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_program__pin(_lab.Program(_lab.Open("droppacket.sys"), "DropPacket"), "x"));
    }

    [Fact]
    public void Programs_are_pinned_by_their_sections_with_slashes_made_underscores()
    {
        bpf_object loaded = _lab.Load("tail_call_chain.sys");
        Assert.Equal(0, Library.bpf_object__pin(loaded, "/dir"));
        Assert.Equal(
            [@"BPF:\dir\runs_map", @"BPF:\dir\steps_map", @"BPF:\dir\xdp_first", @"BPF:\dir\xdp_second", @"BPF:\dir\xdp_third"], Pinned());
        Assert.Equal(-(int)Errno.EEXIST, Library.bpf_object__pin_programs(loaded, "/dir"));
        Assert.Equal(0, Library.bpf_object__unpin_programs(loaded, "/dir"));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_object__unpin_programs(loaded, "/dir"));
        Assert.Equal(0, Library.bpf_object__unpin_maps(loaded, "/dir"));
        Assert.Empty(Pinned());
    }

    [Theory]
    [InlineData(LibraryVersion.Checked)]
    [InlineData(LibraryVersion.Upstream)]
    public void When_one_program_cannot_be_pinned_the_others_are_unpinned_which_upstream_means_to_do(LibraryVersion version)
    {
        using ModuleLab lab = new(version);
        bpf_object loaded = lab.Load("tail_call_chain.sys");
        int other = lab.Lab.CreateMap(BpfMapType.Hash);
        Assert.Equal(0, lab.Library.bpf_obj_pin(other, "/dir/xdp_third"));
        Assert.Equal(-(int)Errno.EEXIST, lab.Library.bpf_object__pin_programs(loaded, "/dir"));

        // Upstream leaves errno as the useless unpinning has set it.
        Assert.Equal(version == LibraryVersion.Checked ? Errno.EEXIST : Errno.ENOENT, lab.Library.errno);
        string[] left = version == LibraryVersion.Checked
            ? [@"BPF:\dir\xdp_third"]
            : [@"BPF:\dir\xdp_first", @"BPF:\dir\xdp_second", @"BPF:\dir\xdp_third"];
        Assert.Equal(left, Pinned(lab.Library));
        Assert.All(left, path => Assert.Equal(EbpfResult.Success, lab.Library.ebpf_object_unpin(path)));
    }

    [Fact]
    public void When_programs_cannot_be_pinned_the_maps_are_unpinned_too()
    {
        bpf_object loaded = _lab.Load("tail_call_chain.sys");
        int other = _lab.Lab.CreateMap(BpfMapType.Hash);
        Assert.Equal(0, Library.bpf_obj_pin(other, "/dir/xdp_second"));
        Assert.Equal(-(int)Errno.EEXIST, Library.bpf_object__pin(loaded, "/dir"));
        Assert.Equal(Errno.EEXIST, Library.errno);
        Assert.Equal([@"BPF:\dir\xdp_second"], Pinned());
        Assert.Equal(EbpfResult.Success, Library.ebpf_object_unpin("/dir/xdp_second"));
    }

    private List<string> Pinned() => Pinned(Library);

    private static List<string> Pinned(Libbpf library)
    {
        List<string> found = [];
        EbpfObjectType type = EbpfObjectType.Unknown;
        for (string at = ""; library.ebpf_get_next_pinned_object_path(at, out string next, ref type) == EbpfResult.Success; at = next)
        {
            found.Add(next);
            type = EbpfObjectType.Unknown;
        }

        return found;
    }
}
