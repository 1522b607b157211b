using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>What a batch lookup leaves in return value, count, cursor and buffers.</summary>
public class CallerViewTests
{
    private const uint Untouched = 0xA5A5A5A5;

    public static TheoryData<LibraryVersion> Versions => [LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Before3564];

    [Theory]
    [MemberData(nameof(Versions))]
    public void As_many_as_there_are_come_with_the_last_key_as_cursor(LibraryVersion version)
    {
        using Lab lab = Filled(version, 10, out int fd);
        foreach ((uint asked, uint delivered) in ((uint, uint)[])[(10, 10), (7, 7), (25, 10)])
        {
            Batch batch = lab.NewBatch(fd, asked, 4, 8);
            Assert.Equal(0, batch.Lookup(lab.Options()));
            Assert.Equal(delivered, batch.CountNow);
            Assert.Equal(batch.KeysNow((int)delivered)[^1], lab.Read<uint>(batch.OutBatch));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Lookup_and_delete_leaves_zeros_as_cursor_in_upstream_and_the_last_key_in_checked(LibraryVersion version)
    {
        using Lab lab = Filled(version, 10, out int fd);
        Batch batch = lab.NewBatch(fd, 4, 4, 8);
        lab.Write(batch.OutBatch, Untouched);
        Assert.Equal(0, batch.LookupAndDelete(lab.Options()));
        Assert.Equal(version == LibraryVersion.Checked ? batch.KeysNow(4)[3] : 0, lab.Read<uint>(batch.OutBatch));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void An_empty_map_and_the_last_key_are_the_end_and_touch_nothing_but_the_checked_count(LibraryVersion version)
    {
        using Lab lab = Filled(version, 3, out int fd);
        int empty = lab.CreateMap(BpfMapType.Hash);
        Batch all = lab.NewBatch(fd, 3, 4, 8);
        Assert.Equal(0, all.Lookup(lab.Options()));
        foreach ((int map, ulong cursor) in ((int, ulong)[])[(empty, 0), (fd, all.OutBatch)])
        {
            Batch batch = lab.NewBatch(map, 3, 4, 8);
            lab.Write(batch.OutBatch, Untouched);
            lab.Write(batch.Keys, Untouched);
            Assert.Equal(-(int)Errno.ENOENT, batch.Lookup(lab.Options(), cursor));
            Assert.Equal(version == LibraryVersion.Checked ? 0u : 3, batch.CountNow);
            Assert.Equal(Untouched, lab.Read<uint>(batch.OutBatch));
            Assert.Equal(Untouched, lab.Read<uint>(batch.Keys));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Any_key_of_the_map_is_a_cursor(LibraryVersion version)
    {
        using Lab lab = Filled(version, 100, out int fd);
        Batch all = lab.NewBatch(fd, 100, 4, 8);
        Assert.Equal(0, all.Lookup(lab.Options()));
        uint[] order = all.KeysNow(100);
        Batch rest = lab.NewBatch(fd, 100, 4, 8);
        Assert.Equal(0, rest.Lookup(lab.Options(), lab.Put(order[41])));
        Assert.Equal(order[42..], rest.KeysNow((int)rest.CountNow));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_cursor_whose_key_was_deleted_goes_on_in_checked_and_fails_in_upstream(LibraryVersion version)
    {
        using Lab lab = Filled(version, 100, out int fd);
        Batch batch = lab.NewBatch(fd, 30, 4, 8);
        Assert.Equal(0, batch.Lookup(lab.Options()));
        Assert.Equal(0, lab.Library.bpf_map_delete_elem(fd, batch.OutBatch));
        int result = batch.Lookup(lab.Options(), batch.OutBatch);
        Assert.Equal(version == LibraryVersion.Checked ? 0 : -(int)Errno.ENOENT, result);
        Assert.Equal(30u, batch.CountNow);
    }

    [Theory]
    [InlineData(LibraryVersion.Checked, BpfMapType.Array)]
    [InlineData(LibraryVersion.Upstream, BpfMapType.Array)]
    [InlineData(LibraryVersion.Checked, BpfMapType.PercpuArray)]
    [InlineData(LibraryVersion.Upstream, BpfMapType.PercpuArray)]
    public void An_array_continues_after_any_index(LibraryVersion version, BpfMapType type)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(type, maxEntries: 10);
        lab.Fill(fd, type, 10);
        uint valueBytes = lab.ValueBytes(type, 8);
        Batch batch = lab.NewBatch(fd, 10, 4, valueBytes);
        Assert.Equal(0, batch.Lookup(lab.Options(), lab.Put(5u)));
        Assert.Equal([6u, 7, 8, 9], batch.KeysNow((int)batch.CountNow));
        Assert.Equal(Lab.Word(7, 0), lab.Read<ulong>(batch.Values + valueBytes));
    }

    [Fact]
    public void Upstream_deletes_the_key_that_is_passed_as_in_batch_without_delivering_it_and_checked_delivers_all()
    {
        foreach (LibraryVersion version in Enum.GetValues<LibraryVersion>())
        {
            using Lab lab = Filled(version, 100, out int fd);
            Batch order = lab.NewBatch(fd, 100, 4, 8);
            Assert.Equal(0, order.Lookup(lab.Options()));
            uint passed = order.KeysNow(100)[50];
            Batch batch = lab.NewBatch(fd, 100, 4, 8);
            Assert.Equal(0, batch.LookupAndDelete(lab.Options(), lab.Put(passed)));
            uint[] delivered = batch.KeysNow((int)batch.CountNow);
            bool isThere = lab.Library.bpf_map_lookup_elem(fd, lab.Put(passed), lab.Allocate(8)) == 0;
            if (version == LibraryVersion.Checked)
            {
                Assert.Equal(100, delivered.Length);
            }
            else
            {
                Assert.Equal(49, delivered.Length);
                Assert.DoesNotContain(passed, delivered);
            }

            Assert.False(isThere);
        }
    }

    [Fact]
    public void A_loop_of_checked_lookup_and_delete_that_passes_the_cursor_on_gets_every_element_once()
    {
        using Lab lab = Filled(LibraryVersion.Checked, 1000, out int fd);
        Batch batch = lab.NewBatch(fd, 64, 4, 8);
        var seen = new List<uint>();
        ulong inBatch = 0;
        while (batch.LookupAndDelete(0, inBatch) == 0)
        {
            seen.AddRange(batch.KeysNow((int)batch.CountNow));
            inBatch = batch.OutBatch;
            batch.CountNow = 64;
        }

        Assert.Equal(Errno.ENOENT, lab.Library.errno);
        Assert.Equal(Enumerable.Range(0, 1000).Select(k => (uint)k), seen.Order());
    }

    [Theory]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.PercpuArray)]
    public void Checked_lookup_and_delete_gets_every_element_of_an_array_once_and_leaves_zeros(BpfMapType type)
    {
        using var lab = new Lab();
        int fd = lab.CreateMap(type, maxEntries: 10_000);
        lab.Fill(fd, type, 10_000);
        uint valueBytes = lab.ValueBytes(type, 8);
        Batch batch = lab.NewBatch(fd, 7_000, 4, valueBytes);
        var seen = new List<uint>();
        ulong inBatch = 0;
        while (batch.LookupAndDelete(0, inBatch) == 0)
        {
            uint[] keys = batch.KeysNow((int)batch.CountNow);
            Assert.All(
                Enumerable.Range(0, keys.Length),
                i => Assert.Equal(Lab.Word(keys[i], 0), lab.Read<ulong>(batch.Values + ((uint)i * valueBytes))));
            seen.AddRange(keys);
            inBatch = batch.OutBatch;
            batch.CountNow = 7_000;
        }

        Assert.Equal(Enumerable.Range(0, 10_000).Select(k => (uint)k), seen);
        Batch after = lab.NewBatch(fd, 10_000, 4, valueBytes);
        Assert.Equal(0, after.Lookup(0));
        Assert.All(lab.ReadArray<ulong>(after.Values, (int)(10_000 * valueBytes / 8)), word => Assert.Equal(0UL, word));
    }

    [Fact]
    public void Upstream_lookup_and_delete_of_an_array_larger_than_a_message_starts_again_at_the_first_index()
    {
        using var lab = new Lab(LibraryVersion.Upstream);
        int fd = lab.CreateMap(BpfMapType.Array, maxEntries: 6_000);
        lab.Fill(fd, BpfMapType.Array, 6_000);
        Batch batch = lab.NewBatch(fd, 6_000, 4, 8);
        Assert.Equal(0, batch.LookupAndDelete(lab.Options()));
        uint[] keys = batch.KeysNow(6_000);
        Assert.Equal((5459u, 0u, 539u), (keys[5459], keys[5460], keys[5999]));
        Assert.Equal(0UL, lab.Read<ulong>(batch.Values + (5461 * 8)));
    }

    private static Lab Filled(LibraryVersion version, uint count, out int fd)
    {
        var lab = new Lab(version);
        fd = lab.CreateMap(BpfMapType.Hash);
        lab.Fill(fd, BpfMapType.Hash, count);
        return lab;
    }
}
