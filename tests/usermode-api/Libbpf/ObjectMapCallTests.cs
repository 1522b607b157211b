using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>Maps of maps by libbpf's calls, those of today and the older ones.</summary>
public class ObjectMapCallTests
{
    public static TheoryData<LibraryVersion> Versions => [LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Before3564];

    public static TheoryData<LibraryVersion, BpfMapType> VersionsAndTypes => new(
        from version in Enum.GetValues<LibraryVersion>()
        from type in (BpfMapType[])[BpfMapType.HashOfMaps, BpfMapType.ArrayOfMaps]
        select (version, type));

    [Theory]
    [MemberData(nameof(VersionsAndTypes))]
    public void The_ways_to_create_a_map_of_maps_come_to_the_same(LibraryVersion version, BpfMapType type)
    {
        using Lab lab = new(version);
        int inner = lab.CreateMap(BpfMapType.Hash);
        ulong name = lab.Put("outer\0"u8.ToArray());
        ulong options = lab.Put(new BpfMapCreateOpts { Sz = 80, InnerMapFd = inner });
        ulong attributes = lab.Put(new BpfCreateMapAttr
        {
            Name = name,
            MapType = type,
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 9,
            InnerMapFd = inner,
            BtfFd = 77,
        });
        int[] created =
        [
            lab.Library.bpf_map_create(type, name, 4, 4, 9, options),
            lab.Library.bpf_create_map_in_map(type, name, 4, inner, 9, 0),
            lab.Library.bpf_create_map_in_map(type, "outer", 4, inner, 9),
            lab.Library.bpf_create_map_xattr(attributes),
        ];
        foreach (int fd in created)
        {
            BpfMapInfo info = InfoOf(lab, fd);
            Assert.Equal(
                (type, 4u, 4u, 9u, 2u, "outer"), (info.Type, info.KeySize, info.ValueSize, info.MaxEntries, info.InnerMapId, info.Name.ToString()));
        }
    }

    [Fact]
    public void The_structure_of_the_oldest_call_lies_as_c_lays_it()
    {
        using Lab lab = new();
        int inner = lab.CreateMap(BpfMapType.Hash);
        ulong name = lab.Put("m\0"u8.ToArray());
        ulong attributes = lab.Put<uint>((uint)name, (uint)(name >> 32), (uint)BpfMapType.HashOfMaps, 0, 4, 4, 9, 0, 1, 2, 3, 0, (uint)inner, 0);
        Assert.Equal("m", InfoOf(lab, lab.Library.bpf_create_map_xattr(attributes)).Name.ToString());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_map_without_a_name_is_created_the_old_way(LibraryVersion version)
    {
        using Lab lab = new(version);
        BpfMapInfo info = InfoOf(lab, lab.Library.bpf_create_map(BpfMapType.Hash, 4, 12, 9, 0));
        Assert.Equal((BpfMapType.Hash, 4u, 12u, 9u, ""), (info.Type, info.KeySize, info.ValueSize, info.MaxEntries, info.Name.ToString()));
        AssertRefused(lab, Errno.EINVAL, "api.map_create.flags", lab.Library.bpf_create_map(BpfMapType.Hash, 4, 12, 9, 1));
        AssertRefused(lab, Errno.EINVAL, "api.map_create.flags", lab.Library.bpf_create_map_in_map(BpfMapType.HashOfMaps, "m", 4, 0, 9, 2));
        foreach (BpfCreateMapAttr wrong in (BpfCreateMapAttr[])[new() { MapFlags = 1 }, new() { NumaNode = 1 }, new() { MapIfindex = 1 }])
        {
            AssertRefused(lab, Errno.EINVAL, "api.map_create.flags", lab.Library.bpf_create_map_xattr(lab.Put(wrong)));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void No_template_is_ebadf_and_so_are_0_and_what_is_no_descriptor(LibraryVersion version)
    {
        using Lab lab = new(version);
        Assert.Equal(-(int)Errno.EBADF, lab.Library.bpf_map_create(BpfMapType.HashOfMaps, "m", 4, 4, 9));
        foreach (int inner in (int[])[0, -1, 77])
        {
            AssertRefused(lab, Errno.EBADF, "map.create.template", lab.Library.bpf_create_map_in_map(BpfMapType.HashOfMaps, "m", 4, inner, 9));
        }
    }

    [Fact]
    public void Attributes_that_are_cut_off_are_refused_by_the_checked_library()
    {
        using Lab lab = new();
        AssertRefused(lab, Errno.EINVAL, "api.map_create.attr_size", lab.Library.bpf_create_map_xattr(lab.Allocate(55)));
        AssertRefused(lab, Errno.EINVAL, "api.map_create.attr_size", lab.Library.bpf_create_map_xattr(0));
    }

    [Theory]
    [MemberData(nameof(VersionsAndTypes))]
    public void Values_are_descriptors_on_the_way_in_and_ids_on_the_way_out(LibraryVersion version, BpfMapType type)
    {
        using Lab lab = new(version);
        int inner = lab.CreateMap(BpfMapType.Hash);
        int outer = lab.Library.bpf_create_map_in_map(type, "outer", 4, inner, 8);
        ulong key = lab.Put(3u);
        ulong value = lab.Put(inner);
        ulong id = lab.Put(0u);
        Assert.Equal(0, lab.Library.bpf_map_update_elem(outer, key, value, 0));
        Assert.Equal(0, lab.Library.bpf_map_lookup_elem(outer, key, id));
        Assert.Equal(2u, lab.Read<uint>(id));
        Assert.True(lab.Library.bpf_map_get_fd_by_id(lab.Read<uint>(id)) > 0);
        Assert.Equal(-(int)Errno.EINVAL, lab.Library.bpf_map_lookup_and_delete_elem(outer, key, id));
        AssertRefused(lab, Errno.EBADF, "api.value_descriptor", lab.Library.bpf_map_update_elem(outer, key, lab.Put(77), 0));

        // -1 is nothing: it empties a slot of an array; a hash has no elements without a map.
        int cleared = lab.Library.bpf_map_update_elem(outer, key, lab.Put(-1), 0);
        Assert.Equal(type == BpfMapType.ArrayOfMaps ? 0 : -(int)Errno.EINVAL, cleared);
        Assert.Equal(type == BpfMapType.ArrayOfMaps ? -(int)Errno.ENOENT : 0, lab.Library.bpf_map_lookup_elem(outer, key, id));
    }

    [Theory]
    [MemberData(nameof(VersionsAndTypes))]
    public void Batches_put_in_one_by_one_up_to_the_first_that_fails_read_ids_and_delete(LibraryVersion version, BpfMapType type)
    {
        using Lab lab = new(version);
        int inner = lab.CreateMap(BpfMapType.Hash);
        int outer = lab.Library.bpf_create_map_in_map(type, "outer", 4, inner, 4);
        Batch batch = lab.NewBatch(outer, 4, 4, 4);
        lab.Write<uint>(batch.Keys, 0, 1, 2, 3);
        lab.Write(batch.Values, inner, inner, 77, inner);
        AssertRefused(lab, Errno.EBADF, "api.value_descriptor", batch.Update(lab.Options()));
        Assert.Equal(version == LibraryVersion.Checked ? 2u : 4u, batch.CountNow);
        batch.CountNow = 0;
        Assert.Equal(0, batch.Update(lab.Options()));
        batch.CountNow = 4;
        Assert.Equal(0, batch.Lookup(lab.Options()));
        Assert.Equal(type == BpfMapType.ArrayOfMaps ? 4u : 2u, batch.CountNow);
        Assert.Equal(2, lab.ReadArray<uint>(batch.Values, (int)batch.CountNow).Count(id => id == 2));
        lab.Write<uint>(batch.Keys, 0, 1);
        batch.CountNow = 2;
        Assert.Equal(0, batch.Delete(lab.Options()));
        ulong id = lab.Put(0u);
        Assert.Equal(-(int)Errno.ENOENT, lab.Library.bpf_map_lookup_elem(outer, lab.Put(1u), id));
    }

    private static BpfMapInfo InfoOf(Lab lab, int fd)
    {
        ulong info = lab.Put(default(BpfMapInfo));
        Assert.Equal(0, lab.Library.bpf_obj_get_info_by_fd(fd, info, lab.Put(96u)));
        return lab.Read<BpfMapInfo>(info);
    }

    private static void AssertRefused(Lab lab, Errno errno, string check, int result)
    {
        Assert.Equal(-(int)errno, result);
        Assert.Equal(check, lab.Library.LastRefusal?.Check.Id);
    }
}
