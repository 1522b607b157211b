using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests;

/// <summary>The calls about programs and links that end before a program is needed.</summary>
public sealed class ProgramCallTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(BpfProgType.Xdp)]
    [InlineData(BpfProgType.Sample)]
    [InlineData(BpfProgType.Unspec)]
    public void Bytecode_is_not_supported_by_a_native_only_build(BpfProgType type)
    {
        using Libbpf native = new(_lab.Tap) { NativeOnly = true };
        Assert.Equal(-(int)Errno.ENOTSUP, native.bpf_prog_load(type, 0, 0, _lab.Put(0xb4UL, 0x95UL), 2));
        Assert.Equal("api.prog_load.native_only", native.LastRefusal?.Check.Id);
    }

    [Theory]
    [InlineData((BpfProgType)77, true)]
    [InlineData((BpfProgType)uint.MaxValue, true)]
    [InlineData(BpfProgType.Xdp, false)]
    public void A_load_without_a_known_type_or_instructions_is_einval_first(BpfProgType type, bool instructions)
    {
        ulong insns = instructions ? _lab.Put(0x95UL) : 0;
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_load(type, 0, 0, insns, 1));
        Assert.Equal("api.prog_load.arguments", _lab.Library.LastRefusal?.Check.Id);
    }

    [Theory]
    [InlineData(BpfAttachType.Xdp, 0u)]
    [InlineData(BpfAttachType.Bind, 0u)]
    [InlineData(BpfAttachType.CgroupInet4Connect, 1u)]
    [InlineData((BpfAttachType)200, 0u)]
    public void Attaching_elsewhere_than_to_a_compartment_or_with_flags_is_not_supported(BpfAttachType type, uint flags)
    {
        Assert.Equal(-(int)Errno.ENOTSUP, _lab.Library.bpf_prog_attach(3, 0, type, flags));
        Assert.Equal("api.attach.compartment", _lab.Library.LastRefusal?.Check.Id);
    }

    [Fact]
    public void Detaching_tells_a_number_that_is_no_attach_type_from_one_that_has_no_compartment()
    {
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_detach(0, (BpfAttachType)200));
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_detach2(3, 0, BpfAttachType.Unspec));
        Assert.Equal(-(int)Errno.ENOTSUP, _lab.Library.bpf_prog_detach(0, BpfAttachType.Bind));
    }

    [Theory]
    [InlineData(65_494u, 0u, "api.test_run.sent")]
    [InlineData(0u, 65_504u, "api.test_run.wanted")]
    public void Data_that_fits_no_message_is_refused_with_both_numbers(uint sizeIn, uint sizeOut, string check)
    {
        ulong opts = _lab.Put(new BpfTestRunOpts { CtxSizeIn = sizeIn, DataSizeOut = sizeOut });
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_test_run_opts(3, opts));
        Assert.Equal(check, _lab.Library.LastRefusal?.Check.Id);
        Assert.Equal(Math.Max(sizeIn, sizeOut), _lab.Library.LastRefusal?.Given);
    }

    [Fact]
    public void A_test_run_buffer_that_is_shorter_than_its_size_is_refused_before_anything_is_read()
    {
        ulong opts = _lab.Put(new BpfTestRunOpts { DataIn = _lab.Allocate(10), DataSizeIn = 11 });
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_test_run_opts(3, opts));
        Assert.Equal(
            ("api.test_run.buffer_size", 10L, 11L),
            (_lab.Library.LastRefusal!.Check.Id, _lab.Library.LastRefusal.Given, _lab.Library.LastRefusal.Expected));
    }

    [Fact]
    public void Without_links_an_interface_has_no_program_and_detaching_finds_nothing_to_do()
    {
        ulong id = _lab.Put(99u);
        Assert.Equal(-(int)Errno.ENOENT, _lab.Library.bpf_xdp_query_id(1, 0, id));
        Assert.Equal(0u, _lab.Read<uint>(id));
        Assert.Equal(0, _lab.Library.bpf_xdp_detach(1, 0));
        Assert.Equal(-(int)Errno.ENOENT, _lab.Library.bpf_link_get_next_id(0, id));
        Assert.Equal(-(int)Errno.ENOENT, _lab.Library.bpf_prog_get_next_id(0, id));
        Assert.Equal(-(int)Errno.ENOENT, _lab.Library.bpf_prog_get_fd_by_id(2));
        Assert.Equal(-(int)Errno.ENOENT, _lab.Library.bpf_link_get_fd_by_id(2));
    }

    [Fact]
    public void Only_a_program_of_xdp_can_be_replaced_on_an_interface()
    {
        ulong opts = _lab.Put(16, 0, _lab.CreateMap(BpfMapType.Hash));
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_xdp_detach(1, 0, opts));
        Assert.Equal("api.xdp_attach.old_program", _lab.Library.LastRefusal?.Check.Id);
    }

    [Theory]
    [InlineData("sockops", BpfProgType.SockOps, BpfAttachType.CgroupSockOps)]
    [InlineData("bind", BpfProgType.Bind, BpfAttachType.Bind)]
    [InlineData("cgroup/connect6", BpfProgType.CgroupSockAddr, BpfAttachType.CgroupInet6Connect)]
    [InlineData("sample_ext/1", BpfProgType.Sample, BpfAttachType.Sample)]
    public void A_section_name_stands_for_its_types(string section, BpfProgType type, BpfAttachType attachType)
    {
        Assert.Equal(0, _lab.Library.libbpf_prog_type_by_name(section, out BpfProgType foundType, out BpfAttachType foundAttachType));
        Assert.Equal((type, attachType), (foundType, foundAttachType));
        Assert.Equal(0, _lab.Library.libbpf_attach_type_by_name(section, out foundAttachType));
        Assert.Equal(attachType, foundAttachType);
    }

    [Fact]
    public void An_unknown_section_is_esrch_and_none_at_all_einval()
    {
        Assert.Equal(-(int)Errno.ESRCH, _lab.Library.libbpf_prog_type_by_name("default", out _, out _));
        Assert.Equal(Errno.ESRCH, _lab.Library.errno);
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.libbpf_attach_type_by_name(null, out _));
    }

    [Fact]
    public void Types_have_names()
    {
        Assert.Equal("sample", Libbpf.libbpf_bpf_prog_type_str(BpfProgType.Sample));
        Assert.Equal("unspec", Libbpf.libbpf_bpf_prog_type_str(BpfProgType.Unspec));
        Assert.Null(Libbpf.libbpf_bpf_prog_type_str((BpfProgType)123));
        Assert.Equal("cgroup/bind4", Libbpf.libbpf_bpf_attach_type_str(BpfAttachType.CgroupInet4Bind));
        Assert.Equal("unspec", Libbpf.libbpf_bpf_attach_type_str(BpfAttachType.Unspec));
        Assert.Null(Libbpf.libbpf_bpf_attach_type_str((BpfAttachType)123));
        Assert.Equal("cgroup", Libbpf.libbpf_bpf_link_type_str(BpfLinkType.Cgroup));
        Assert.Null(Libbpf.libbpf_bpf_link_type_str((BpfLinkType)4));
    }

    [Fact]
    public void A_descriptor_that_is_none_is_ebadf_but_einval_for_a_test_run()
    {
        Assert.Equal(-(int)Errno.EBADF, _lab.Library.bpf_prog_bind_map(77, 78));
        Assert.Equal(-(int)Errno.EBADF, _lab.Library.bpf_link_detach(77));
        Assert.Equal(-(int)Errno.EBADF, _lab.Library.bpf_prog_attach(77, 0, BpfAttachType.CgroupInet4Connect, 0));
        Assert.Equal(EbpfResult.InvalidFd, _lab.Library.ebpf_program_set_flags(77, 1));
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_test_run_opts(77, _lab.Put(default(BpfTestRunOpts))));
    }

    [Fact]
    public void A_map_is_not_a_program_and_not_a_link()
    {
        int map = _lab.CreateMap(BpfMapType.Hash);
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_bind_map(map, map));
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_link_detach(map));
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_test_run_opts(map, _lab.Put(default(BpfTestRunOpts))));
    }
}
