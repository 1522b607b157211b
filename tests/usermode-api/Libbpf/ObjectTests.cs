using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

public class ObjectTests
{
    public static TheoryData<LibraryVersion> Versions => [LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Before3564];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Descriptors_are_small_numbers_from_3_and_the_lowest_free_one_is_next(LibraryVersion version)
    {
        using var lab = new Lab(version);
        Assert.Equal([3, 4, 5], Enumerable.Range(0, 3).Select(_ => lab.CreateMap(BpfMapType.Hash)));
        Assert.Equal(0, lab.Library.close(4));
        Assert.Equal(-(int)Errno.EBADF, lab.Library.close(4));
        Assert.Equal(4, lab.CreateMap(BpfMapType.Array));
        Assert.Equal(6, lab.CreateMap(BpfMapType.Array));
        foreach (int fd in (int[])[-1, 0, 2, 7, int.MinValue, int.MaxValue])
        {
            Assert.Equal(-(int)Errno.EBADF, lab.Library.close(fd));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Info_tells_the_definition_with_the_value_size_of_one_cpu(LibraryVersion version)
    {
        using var lab = new Lab(version, cpus: 8);
        int fd = lab.CreateMap(BpfMapType.PercpuHash, keySize: 6, valueSize: 12, maxEntries: 99, name: "küche");
        ulong info = lab.Allocate(96);
        ulong length = lab.Put(96u);
        Assert.Equal(0, lab.Library.bpf_obj_get_info_by_fd(fd, info, length));
        BpfMapInfo map = lab.Read<BpfMapInfo>(info);
        Assert.Equal((BpfMapType.PercpuHash, 6u, 12u, 99u, "küche"), (map.Type, map.KeySize, map.ValueSize, map.MaxEntries, map.Name.ToString()));
        Assert.Equal(96u, lab.Read<uint>(length));

        lab.Write(length, 20u);
        ulong part = lab.Allocate(20);
        Assert.Equal(0, lab.Library.bpf_obj_get_info_by_fd(fd, part, length));
        Assert.Equal(lab.Bytes(info, 20), lab.Bytes(part, 20));
        Assert.Equal(20u, lab.Read<uint>(length));
        Assert.Equal(0, lab.Library.bpf_obj_get_info_by_fd(fd, 0, 0));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Info_without_a_length_a_descriptor_or_a_message_that_holds_it_is_refused(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        ulong info = lab.Allocate(96);
        AssertRefused(lab, Errno.EBADF, "api.descriptor", lab.Library.bpf_obj_get_info_by_fd(77, info, 0));
        AssertRefused(lab, Errno.EINVAL, "api.info.length", lab.Library.bpf_obj_get_info_by_fd(fd, info, 0));
        AssertRefused(lab, Errno.EINVAL, "api.info.length", lab.Library.bpf_obj_get_info_by_fd(fd, info, lab.Put(0u)));
        AssertRefused(
            lab, Errno.EOTHER, "api.message_length", lab.Library.bpf_obj_get_info_by_fd(fd, lab.Allocate(65_520), lab.Put(65_520u)));
        if (version == LibraryVersion.Checked)
        {
            AssertRefused(lab, Errno.EINVAL, "api.info.size", lab.Library.bpf_obj_get_info_by_fd(fd, info, lab.Put(97u)));
            AssertRefused(lab, Errno.EINVAL, "api.info.length_size", lab.Library.bpf_obj_get_info_by_fd(fd, info, lab.Allocate(3)));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Maps_are_found_by_id_in_order_and_opened_once_more(LibraryVersion version)
    {
        using var lab = new Lab(version);
        ulong id = lab.Allocate(4);
        Assert.Equal(-(int)Errno.ENOENT, lab.Library.bpf_map_get_next_id(0, id));
        int[] fds = [lab.CreateMap(BpfMapType.Hash), lab.CreateMap(BpfMapType.Array), lab.CreateMap(BpfMapType.PercpuArray)];
        var ids = new List<uint>();
        uint start = 0;
        while (lab.Library.bpf_map_get_next_id(start, id) == 0)
        {
            ids.Add(start = lab.Read<uint>(id));
        }

        Assert.Equal([2u, 3u, 4u], ids);
        int again = lab.Library.bpf_map_get_fd_by_id(2);
        Assert.Equal(6, again);
        Assert.Equal(0, lab.Library.close(fds[0]));
        Assert.Equal(0, lab.Library.bpf_map_update_elem(again, lab.Put(1u), lab.Put(1UL), 0));
        Assert.Equal(0, lab.Library.close(again));
        Assert.Equal(-(int)Errno.ENOENT, lab.Library.bpf_map_get_fd_by_id(2));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_map_that_cannot_be_is_not_created(LibraryVersion version)
    {
        using var lab = new Lab(version, cpus: 4);
        Libbpf bpf = lab.Library;
        AssertRefused(lab, Errno.EINVAL, "map.create.key_size", bpf.bpf_map_create(BpfMapType.Hash, "m", 0, 8, 1));
        AssertRefused(lab, Errno.EINVAL, "map.create.value_size", bpf.bpf_map_create(BpfMapType.Hash, "m", 4, 0, 1));
        AssertRefused(lab, Errno.EINVAL, "map.create.max_entries", bpf.bpf_map_create(BpfMapType.Hash, "m", 4, 8, 0));
        AssertRefused(lab, Errno.EINVAL, "map.create.name", bpf.bpf_map_create(BpfMapType.Hash, new string('x', 64), 4, 8, 1));
        AssertRefused(lab, Errno.EOTHER, "map.create.value_total", bpf.bpf_map_create(BpfMapType.PercpuHash, "m", 4, 1u << 30, 1));
        AssertRefused(lab, Errno.EOTHER, "api.message_length", bpf.bpf_map_create(BpfMapType.Hash, new string('x', 65_496), 4, 8, 1));
        foreach (int offset in (int[])[28, 40, 44])
        {
            ulong opts = lab.Allocate(80);
            lab.Bytes(opts, 80, Protocol.Gate.MemoryAccess.Write).Clear();
            lab.Write(opts + (uint)offset, 1u);
            AssertRefused(lab, Errno.EINVAL, "api.map_create.flags", bpf.bpf_map_create(BpfMapType.Hash, "m", 4, 8, 1, opts));
        }

        Assert.Equal(3, bpf.bpf_map_create(BpfMapType.Hash, new string('x', 63), 4, 8, 1));
        Assert.Equal(4, bpf.bpf_map_create(BpfMapType.Hash, (string?)null, 4, 8, 1));
    }

    [Fact]
    public void Checked_refuses_options_and_names_that_end_too_soon()
    {
        using var lab = new Lab();
        AssertRefused(
            lab, Errno.EINVAL, "api.map_create.opts_size", lab.Library.bpf_map_create(BpfMapType.Hash, "m", 4, 8, 1, lab.Allocate(79)));
        ulong endless = lab.Put<byte>([.. Encoding.ASCII.GetBytes("endless")]);
        AssertRefused(lab, Errno.EINVAL, "api.map_create.name", lab.Library.bpf_map_create(BpfMapType.Hash, endless, 4, 8, 1, 0));
        AssertRefused(lab, Errno.EINVAL, "api.next_id.size", lab.Library.bpf_map_get_next_id(0, lab.Allocate(3)));
        AssertRefused(lab, Errno.EINVAL, "api.pin.path", lab.Library.bpf_obj_get(0UL));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_pinned_map_is_found_under_every_spelling_of_its_path(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        Libbpf bpf = lab.Library;
        Assert.Equal(0, bpf.bpf_obj_pin(fd, "/ebpf/global/stats"));
        Assert.Equal(-(int)Errno.EEXIST, bpf.bpf_obj_pin(fd, "stats"));
        foreach (string path in (string[])["stats", "/stats", @"\stats", "BPF:/stats", "bpf:stats", "//./x/../stats", @"\EBPF\global\stats"])
        {
            int again = bpf.bpf_obj_get(path);
            Assert.True(again > fd, path);
            Assert.Equal(0, bpf.close(again));
        }

        Assert.Equal(-(int)Errno.ENOENT, bpf.bpf_obj_get("nothing"));
        foreach (string path in (string[])["a:b", "/../x", new string('x', 260)])
        {
            AssertRefused(lab, Errno.EINVAL, "api.pin.path", bpf.bpf_obj_pin(fd, path));
            AssertRefused(lab, Errno.EINVAL, "api.pin.path", bpf.bpf_obj_get(path));
        }

        AssertRefused(lab, Errno.EINVAL, "api.pin.path", bpf.bpf_obj_pin(fd, 0UL));
        AssertRefused(lab, Errno.EINVAL, "api.pin.descriptor", bpf.bpf_obj_pin(0, "x"));
        AssertRefused(lab, Errno.EINVAL, "api.pin.descriptor", bpf.bpf_obj_pin(-1, "x"));
        AssertRefused(lab, Errno.EBADF, "api.descriptor", bpf.bpf_obj_pin(77, "x"));
    }

    [Fact]
    public void Strerror_knows_no_error_and_says_so()
    {
        using var lab = new Lab();
        ulong buffer = lab.Allocate(32);
        Assert.Equal(-(int)Errno.ENOENT, lab.Library.libbpf_strerror(-22, buffer, 32));
        Assert.Equal("Unknown libbpf error 22\0", Encoding.ASCII.GetString(lab.Bytes(buffer, 24)));
        Assert.Equal(-(int)Errno.ENOENT, lab.Library.libbpf_strerror(22, buffer, 8));
        Assert.Equal("Unknown\0", Encoding.ASCII.GetString(lab.Bytes(buffer, 8)));
        AssertRefused(lab, Errno.EINVAL, "api.strerror.buffer", lab.Library.libbpf_strerror(22, 0, 8));
        AssertRefused(lab, Errno.EINVAL, "api.strerror.buffer", lab.Library.libbpf_strerror(22, buffer, 0));
        AssertRefused(lab, Errno.EINVAL, "api.strerror.size", lab.Library.libbpf_strerror(22, buffer, 33));
    }

    [Fact]
    public void The_number_of_cpus_is_the_machines_and_types_have_bpftools_names()
    {
        using var lab = new Lab(cpus: 64);
        Assert.Equal(64, lab.Library.libbpf_num_possible_cpus());
        Assert.Equal("percpu_hash", Libbpf.libbpf_bpf_map_type_str(BpfMapType.PercpuHash));
        Assert.Null(Libbpf.libbpf_bpf_map_type_str((BpfMapType)17));
    }

    [Fact]
    public void Versions_have_names()
    {
        foreach (LibraryVersion version in Enum.GetValues<LibraryVersion>())
        {
            Assert.True(LibraryVersionNames.TryParse(LibraryVersionNames.NameOf(version), out LibraryVersion parsed));
            Assert.Equal(version, parsed);
        }

        Assert.Equal("before-3564", LibraryVersionNames.NameOf(LibraryVersion.Before3564));
        Assert.False(LibraryVersionNames.TryParse("linux", out _));
    }

    private static void AssertRefused(Lab lab, Errno errno, string check, int result)
    {
        Assert.Equal(-(int)errno, result);
        Assert.Equal(errno, lab.Library.errno);
        Assert.Equal(check, lab.Library.LastRefusal?.Check.Id);
    }
}
