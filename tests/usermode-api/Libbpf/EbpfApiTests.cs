using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests;

/// <summary>What ebpf_api.h adds to libbpf, as far as it needs no program.</summary>
public sealed class EbpfApiTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_pinned_object_can_be_unpinned_once()
    {
        int map = _lab.CreateMap(BpfMapType.Hash);
        Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_object_pin(map, "/ebpf/global/stats"));
        Assert.Equal(EbpfResult.ObjectAlreadyExists, _lab.Library.ebpf_object_pin(map, "stats"));
        Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_object_unpin("BPF:/stats"));
        Assert.Equal(EbpfResult.KeyNotFound, _lab.Library.ebpf_object_unpin("/stats"));
    }

    [Fact]
    public void Unpinning_a_path_without_canonical_form_is_an_invalid_descriptor_as_upstream_has_it()
    {
        Assert.Equal(EbpfResult.InvalidFd, _lab.Library.ebpf_object_unpin("/../x"));
        Assert.Equal("api.unpin.path", _lab.Library.LastRefusal?.Check.Id);
    }

    [Fact]
    public void Pinned_paths_are_walked_in_order_by_type()
    {
        int map = _lab.CreateMap(BpfMapType.Hash);
        foreach (string path in (string[])["/b", "/a", "/a/c"])
        {
            Assert.Equal(0, _lab.Library.bpf_obj_pin(map, path));
        }

        List<string> found = [];
        string at = "";
        EbpfObjectType type = EbpfObjectType.Map;
        while (_lab.Library.ebpf_get_next_pinned_object_path(at, out string next, ref type) == EbpfResult.Success)
        {
            found.Add(next);
            Assert.Equal(EbpfObjectType.Map, type);
            at = next;
        }

        Assert.Equal([@"BPF:\a", @"BPF:\a\c", @"BPF:\b"], found);
        type = EbpfObjectType.Link;
        Assert.Equal(EbpfResult.NoMoreKeys, _lab.Library.ebpf_get_next_pinned_object_path("", out _, ref type));
        foreach (string path in found)
        {
            Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_object_unpin(path));
        }
    }

    [Theory]
    [InlineData("/ebpf/global/x", 8u, EbpfResult.Success, @"BPF:\x")]
    [InlineData("/ebpf/global/x", 6u, EbpfResult.InsufficientBuffer, "")]
    [InlineData("/ebpf/global/x", 7u, EbpfResult.Success, @"BPF:\x")]
    [InlineData("a:b", 100u, EbpfResult.InvalidArgument, "")]
    public void A_canonical_path_needs_room_for_its_end(string path, uint room, EbpfResult result, string canonical)
    {
        Assert.Equal(result, Libbpf.ebpf_canonicalize_pin_path(out string output, room, path));
        Assert.Equal(canonical, output);
    }

    [Fact]
    public void A_duplicate_outlives_its_original()
    {
        int map = _lab.CreateMap(BpfMapType.Hash, valueSize: 8);
        Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_duplicate_fd(map, out int copy));
        Assert.NotEqual(map, copy);
        Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_close_fd(map));
        Assert.Equal(0, _lab.Library.bpf_map_update_elem(copy, _lab.Put(1), _lab.Put(2UL), 0));

        // Upstream's own test expects FAILED here: EBADF is 9, and 9 is no Win32 error that its table has.
        Assert.Equal(EbpfResult.Failed, _lab.Library.ebpf_close_fd(map));
        Assert.Equal(EbpfResult.Failed, _lab.Library.ebpf_duplicate_fd(map, out copy));
        Assert.Equal((-1, Errno.EBADF), (copy, _lab.Library.errno));
    }

    [Fact]
    public void Synchronizing_leaves_nothing_that_was_deleted_before_waiting()
    {
        int map = _lab.CreateMap(BpfMapType.Hash, valueSize: 8);
        Assert.Equal(0, _lab.Library.bpf_map_update_elem(map, _lab.Put(1), _lab.Put(2UL), 0));
        Assert.Equal(0, _lab.Library.bpf_map_delete_elem(map, _lab.Put(1)));
        Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_program_synchronize());
        Assert.Equal(0, _lab.Driver.WaitingCount);
    }

    [Fact]
    public void Types_have_guids_and_numbers()
    {
        Guid xdp = Libbpf.ebpf_get_ebpf_program_type(BpfProgType.Xdp)!.Value;
        Assert.Equal(BpfProgType.Xdp, Libbpf.ebpf_get_bpf_program_type(xdp));
        Assert.Equal("xdp", Libbpf.ebpf_get_program_type_name(xdp));
        Assert.Equal(Guid.Empty, Libbpf.ebpf_get_ebpf_program_type(BpfProgType.Unspec));
        Assert.Null(Libbpf.ebpf_get_ebpf_program_type((BpfProgType)77));
        Assert.Equal(EbpfResult.Success, Libbpf.ebpf_get_ebpf_attach_type(BpfAttachType.Bind, out Guid bind));
        Assert.Equal(BpfAttachType.Bind, Libbpf.ebpf_get_bpf_attach_type(bind));
        Assert.Equal("bind", Libbpf.ebpf_get_attach_type_name(bind));
        Assert.Equal(EbpfResult.InvalidArgument, Libbpf.ebpf_get_ebpf_attach_type(BpfAttachType.Netevent, out _));
        Assert.Equal(EbpfResult.Success, Libbpf.ebpf_get_program_type_by_name("xdp/x", out Guid type, out _));
        Assert.Equal(xdp, type);
        Assert.Equal(EbpfResult.KeyNotFound, Libbpf.ebpf_get_program_type_by_name("nothing", out _, out _));
    }
}
