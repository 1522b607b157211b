using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>Queues and stacks through the calls that other maps use with a key, in every version of the library.</summary>
public class KeylessMapTests
{
    public static TheoryData<LibraryVersion, BpfMapType> VersionsAndTypes
    {
        get
        {
            TheoryData<LibraryVersion, BpfMapType> rows = [];
            foreach (LibraryVersion version in Enum.GetValues<LibraryVersion>())
            {
                rows.Add(version, BpfMapType.Queue);
                rows.Add(version, BpfMapType.Stack);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(VersionsAndTypes))]
    public void Update_pushes_lookup_peeks_and_lookup_and_delete_pops(LibraryVersion version, BpfMapType type)
    {
        using var lab = new Lab(version);
        Libbpf bpf = lab.Library;
        int fd = lab.CreateMap(type, keySize: 0, maxEntries: 3);
        ulong value = lab.Put(77UL);
        Assert.Equal(-(int)Errno.ENOENT, bpf.bpf_map_lookup_elem(fd, 0, value));
        Assert.Equal(-(int)Errno.ENOENT, bpf.bpf_map_lookup_and_delete_elem(fd, 0, value));
        for (ulong i = 1; i <= 3; i++)
        {
            Assert.Equal(0, bpf.bpf_map_update_elem(fd, 0, lab.Put(i), i % 3));
        }

        Assert.Equal(-(int)Errno.ENOSPC, bpf.bpf_map_update_elem(fd, 0, lab.Put(4UL), 0));
        Assert.Equal(Errno.ENOSPC, bpf.errno);
        Assert.Equal(("map.queue.full", 3L, 2L), (bpf.LastRefusal!.Check.Id, bpf.LastRefusal.Given, bpf.LastRefusal.Expected));
        Assert.Equal(-(int)Errno.ENOSPC, bpf.bpf_map_update_elem(fd, 0, lab.Put(4UL), 1));
        Assert.Equal(0, bpf.bpf_map_update_elem(fd, 0, lab.Put(5UL), 2));
        ulong[] left = type == BpfMapType.Queue ? [2, 3, 5] : [5, 3, 2];
        foreach (ulong expected in left)
        {
            Assert.Equal(0, bpf.bpf_map_lookup_elem(fd, 0, value));
            Assert.Equal(expected, lab.Read<ulong>(value));
            Assert.Equal(0, bpf.bpf_map_lookup_and_delete_elem(fd, 0, value));
            Assert.Equal(expected, lab.Read<ulong>(value));
        }

        Assert.Equal(-(int)Errno.ENOENT, bpf.bpf_map_lookup_and_delete_elem(fd, 0, value));
        Assert.Null(bpf.LastRefusal);
    }

    [Theory]
    [MemberData(nameof(VersionsAndTypes))]
    public void A_key_and_whatever_needs_one_are_refused_before_the_driver_is_asked(LibraryVersion version, BpfMapType type)
    {
        using var lab = new Lab(version);
        Libbpf bpf = lab.Library;
        int fd = lab.CreateMap(type, keySize: 0, maxEntries: 3);
        ulong some = lab.Put(1UL);
        AssertRefused(lab, Errno.EINVAL, "api.key_presence", bpf.bpf_map_update_elem(fd, some, some, 0));
        AssertRefused(lab, Errno.EINVAL, "api.update_flags", bpf.bpf_map_update_elem(fd, 0, some, 3));
        AssertRefused(lab, Errno.EINVAL, "api.key_presence", bpf.bpf_map_lookup_elem(fd, some, some));
        AssertRefused(lab, Errno.EINVAL, "api.key_presence", bpf.bpf_map_lookup_and_delete_elem(fd, some, some));
        AssertRefused(lab, Errno.EINVAL, "api.delete.no_keys", bpf.bpf_map_delete_elem(fd, some));
        AssertRefused(lab, Errno.EINVAL, "api.delete.no_keys", bpf.bpf_map_delete_elem(fd, 0));
        AssertRefused(lab, Errno.ENOTSUP, "api.next_key.no_keys", bpf.bpf_map_get_next_key(fd, 0, some));
    }

    [Theory]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Stack)]
    public void The_checked_library_wants_a_whole_value(BpfMapType type)
    {
        using var lab = new Lab();
        Libbpf bpf = lab.Library;
        int fd = lab.CreateMap(type, keySize: 0, valueSize: 12, maxEntries: 3);
        ulong small = lab.Put(1UL);
        AssertRefused(lab, Errno.EINVAL, "api.update.value_size", bpf.bpf_map_update_elem(fd, 0, small, 0));
        AssertRefused(lab, Errno.EINVAL, "api.lookup.value_size", bpf.bpf_map_lookup_elem(fd, 0, small));
        AssertRefused(lab, Errno.EINVAL, "api.lookup.value_size", bpf.bpf_map_lookup_and_delete_elem(fd, 0, small));
    }

    [Theory]
    [InlineData(BpfMapType.Queue, 4u, "map.create.queue_key_size", 4, 0)]
    [InlineData(BpfMapType.Stack, 1u, "map.create.queue_key_size", 1, 0)]
    [InlineData(BpfMapType.LpmTrie, 3u, "map.create.lpm_key_size", 3, 4)]
    [InlineData(BpfMapType.LpmTrie, 0u, "map.create.key_size", 0, 1)]
    [InlineData(BpfMapType.LruHash, 0u, "map.create.key_size", 0, 1)]
    public void A_key_size_that_does_not_suit_the_type_is_refused(BpfMapType type, uint keySize, string check, long given, long expected)
    {
        using var lab = new Lab();
        Assert.Equal(-(int)Errno.EINVAL, lab.Library.bpf_map_create(type, "m", keySize, 8, 4));
        Refusal refusal = lab.Library.LastRefusal!;
        Assert.Equal((check, given, expected), (refusal.Check.Id, refusal.Given, refusal.Expected));
    }

    private static void AssertRefused(Lab lab, Errno errno, string check, int result)
    {
        Assert.Equal(-(int)errno, result);
        Assert.Equal(check, lab.Library.LastRefusal?.Check.Id);
    }
}
