using System.Buffers.Binary;
using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>LPM tries through the library, in every version of it.</summary>
public class LpmTrieTests
{
    public static TheoryData<LibraryVersion> Versions => [LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Before3564];

    [Theory]
    [MemberData(nameof(Versions))]
    public void The_longest_prefix_is_found_and_the_exact_one_deleted(LibraryVersion version)
    {
        using var lab = new Lab(version);
        Libbpf bpf = lab.Library;
        int fd = lab.CreateMap(BpfMapType.LpmTrie, keySize: 8);
        ulong value = lab.Put(0UL);
        Assert.Equal(0, bpf.bpf_map_update_elem(fd, Key(lab, 8, 10, 0), lab.Put(1UL), 1));
        Assert.Equal(0, bpf.bpf_map_update_elem(fd, Key(lab, 16, 10, 1), lab.Put(2UL), 1));
        Assert.Equal(-(int)Errno.EEXIST, bpf.bpf_map_update_elem(fd, Key(lab, 16, 10, 1), lab.Put(2UL), 1));
        Assert.Equal(-(int)Errno.ENOENT, bpf.bpf_map_update_elem(fd, Key(lab, 17, 10, 1), lab.Put(2UL), 2));
        Assert.Equal(0, bpf.bpf_map_lookup_elem(fd, Key(lab, 32, 10, 1), value));
        Assert.Equal(2UL, lab.Read<ulong>(value));
        Assert.Equal(0, bpf.bpf_map_lookup_elem(fd, Key(lab, 32, 10, 2), value));
        Assert.Equal(1UL, lab.Read<ulong>(value));
        Assert.Equal(-(int)Errno.ENOENT, bpf.bpf_map_lookup_elem(fd, Key(lab, 32, 11, 1), value));
        Assert.Equal(-(int)Errno.ENOENT, bpf.bpf_map_delete_elem(fd, Key(lab, 24, 10, 1)));
        Assert.Equal(0, bpf.bpf_map_delete_elem(fd, Key(lab, 16, 10, 1)));

        ulong next = lab.Put(0UL);
        Assert.Equal(0, bpf.bpf_map_get_next_key(fd, 0, next));
        Assert.Equal(lab.Read<ulong>(Key(lab, 8, 10, 0)), lab.Read<ulong>(next));
        Assert.Equal(-(int)Errno.ENOENT, bpf.bpf_map_get_next_key(fd, next, next));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void What_a_trie_refuses_names_its_check(LibraryVersion version)
    {
        using var lab = new Lab(version);
        Libbpf bpf = lab.Library;
        int fd = lab.CreateMap(BpfMapType.LpmTrie, keySize: 8);
        ulong value = lab.Put(0UL);
        ulong key = Key(lab, 33, 10, 0);
        AssertRefused(lab, "map.lpm.prefix_length", 33, 32, bpf.bpf_map_update_elem(fd, key, value, 0));
        AssertRefused(lab, "map.lpm.prefix_length", 33, 32, bpf.bpf_map_lookup_elem(fd, key, value));
        AssertRefused(lab, "map.lpm.prefix_length", 33, 32, bpf.bpf_map_delete_elem(fd, key));
        AssertRefused(lab, "map.lpm.prefix_length", 33, 32, bpf.bpf_map_get_next_key(fd, key, value));
        AssertRefused(lab, "map.lpm.find_and_delete", 1, 0, bpf.bpf_map_lookup_and_delete_elem(fd, Key(lab, 8, 10, 0), value));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Batches_go_through_the_whole_trie(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.LpmTrie, keySize: 8, maxEntries: 1);
        const uint count = 700;
        ulong opts = lab.Options();
        Batch batch = lab.NewBatch(fd, count, 8, 8);
        for (uint i = 0; i < count; i++)
        {
            lab.Write(batch.Keys + (i * 8), 16 + (i % 17), BinaryPrimitives.ReverseEndianness(i << 16));
            lab.Write(batch.Values + (i * 8), (ulong)i);
        }

        ulong[] keys = lab.ReadArray<ulong>(batch.Keys, (int)count);
        Assert.Equal(0, batch.Update(opts));
        Batch some = lab.NewBatch(fd, 100, 8, 8);
        var seen = new List<ulong>();
        for (ulong from = 0; some.Lookup(opts, from) == 0; from = some.OutBatch)
        {
            seen.AddRange(lab.ReadArray<ulong>(some.Keys, (int)some.CountNow));
            some.CountNow = 100;
        }

        Assert.Equal(keys.Order(), seen.Order());
        batch.CountNow = 100;
        Assert.Equal(0, batch.Delete(opts));
        batch.CountNow = count;
        Assert.Equal(0, batch.LookupAndDelete(opts));
        Assert.Equal(count - 100, batch.CountNow);
        Assert.Equal(-(int)Errno.ENOENT, batch.Lookup(opts));
    }

    private static ulong Key(Lab lab, uint length, byte first, byte second) =>
        lab.Put<byte>((byte)length, 0, 0, 0, first, second, 0, 0);

    private static void AssertRefused(Lab lab, string check, long given, long expected, int result)
    {
        Assert.Equal(-(int)Errno.EINVAL, result);
        Refusal refusal = lab.Library.LastRefusal!;
        Assert.Equal((check, given, expected), (refusal.Check.Id, refusal.Given, refusal.Expected));
    }
}
