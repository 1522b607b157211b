using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>What update and delete leave in the map and in count when an element in the middle fails.</summary>
public class CountTests
{
    public static TheoryData<LibraryVersion> Versions => [LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Before3564];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Noexist_stops_at_the_key_that_is_there_and_keeps_those_before_it(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, lab.Put(5u), lab.Put(0UL), 0));
        Batch batch = Keys(lab, fd, 10);
        Assert.Equal(-(int)Errno.EEXIST, batch.Update(lab.Options(elemFlags: 1)));
        Assert.Equal(version == LibraryVersion.Checked ? 5u : 10, batch.CountNow);
        Assert.Equal([true, true, true, true, true, true, false, false, false, false], Present(lab, fd, 10));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Exist_stops_at_the_key_that_is_missing_and_keeps_those_before_it(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        lab.Fill(fd, BpfMapType.Hash, 6);
        Batch batch = Keys(lab, fd, 10);
        Assert.Equal(-(int)Errno.ENOENT, batch.Update(lab.Options(elemFlags: 2)));
        Assert.Equal(version == LibraryVersion.Checked ? 6u : 10, batch.CountNow);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Delete_stops_at_the_key_that_is_missing_and_those_before_it_are_gone(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        lab.Fill(fd, BpfMapType.Hash, 10);
        Assert.Equal(0, lab.Library.bpf_map_delete_elem(fd, lab.Put(4u)));
        Batch batch = Keys(lab, fd, 10);
        Assert.Equal(-(int)Errno.ENOENT, batch.Delete(lab.Options()));
        Assert.Equal(version == LibraryVersion.Checked ? 4u : 10, batch.CountNow);
        Assert.Equal([false, false, false, false, false, true, true, true, true, true], Present(lab, fd, 10));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void An_index_out_of_range_stops_an_array(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Array, maxEntries: 7);
        Batch batch = Keys(lab, fd, 10);
        Assert.Equal(-(int)Errno.EINVAL, batch.Update(lab.Options()));
        Assert.Equal(version == LibraryVersion.Checked ? 7u : 10, batch.CountNow);
        batch.CountNow = 10;
        Assert.Equal(-(int)Errno.EINVAL, batch.Delete(lab.Options()));
        Assert.Equal(version == LibraryVersion.Checked ? 7u : 10, batch.CountNow);
        Assert.Equal("map.delete.index", lab.Library.LastRefusal!.Check.Id);
        Assert.Equal((7L, 6L), (lab.Library.LastRefusal.Given, lab.Library.LastRefusal.Expected));
    }

    [Fact]
    public void An_array_refuses_noexist_at_its_first_element()
    {
        using var lab = new Lab();
        int fd = lab.CreateMap(BpfMapType.Array, maxEntries: 7);
        Batch batch = Keys(lab, fd, 3);
        Assert.Equal(-(int)Errno.EINVAL, batch.Update(lab.Options(elemFlags: 1)));
        Assert.Equal(0u, batch.CountNow);
    }

    [Fact]
    public void The_checked_count_is_exact_in_a_later_message_too()
    {
        using var lab = new Lab(cpus: 1);
        int fd = lab.CreateMap(BpfMapType.Hash, maxEntries: 1 << 15);
        foreach ((uint bad, uint total) in ((uint, uint)[])[(5459, 12_000), (5458, 12_000), (10_917, 12_000), (10_918, 12_000), (0, 1)])
        {
            Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, lab.Put(bad), lab.Put(0UL), 0));
            Batch batch = Keys(lab, fd, total);
            Assert.Equal(-(int)Errno.EEXIST, batch.Update(lab.Options(elemFlags: 1)));
            Assert.Equal(bad, batch.CountNow);
            batch.CountNow = bad + 1;
            Assert.Equal(0, batch.Delete(lab.Options()));
        }

        lab.Fill(fd, BpfMapType.Hash, 20_000);
        Assert.Equal(0, lab.Library.bpf_map_delete_elem(fd, lab.Put(16_500u)));
        Batch all = Keys(lab, fd, 20_000);
        Assert.Equal(-(int)Errno.ENOENT, all.Delete(lab.Options()));
        Assert.Equal(16_500u, all.CountNow);
    }

    [Fact]
    public void A_refused_call_says_that_nothing_was_processed()
    {
        using var lab = new Lab();
        int fd = lab.CreateMap(BpfMapType.Hash);
        foreach (Func<Batch, int> call in (Func<Batch, int>[])[
            b => b.Update(lab.Options(flags: 1)),
            b => b.Delete(lab.Options(flags: 1)),
            b => b.Lookup(lab.Options(flags: 1)),
            b => b.LookupAndDelete(lab.Options(flags: 1))])
        {
            Batch batch = Keys(lab, fd, 3);
            Assert.Equal(-(int)Errno.EINVAL, call(batch));
            Assert.Equal(0u, batch.CountNow);
        }
    }

    [Fact]
    public void Null_options_are_the_defaults_in_checked()
    {
        using var lab = new Lab();
        int fd = lab.CreateMap(BpfMapType.Hash);
        Batch batch = Keys(lab, fd, 3);
        Assert.Equal(0, batch.Update(0));
        Assert.Equal(0, batch.Lookup(0));
        Assert.Equal(0, batch.Delete(0));
        Assert.Equal(0, batch.Update(0));
        Assert.Equal(0, batch.LookupAndDelete(0));
        Assert.Equal(3u, batch.CountNow);
    }

    [Fact]
    public void A_reply_that_counts_other_than_what_was_sent_is_an_invalid_argument()
    {
        using var lab = new Lab(LibraryVersion.Checked);
        int fd = lab.CreateMap(BpfMapType.Hash);
        Batch batch = Keys(lab, fd, 3);
        lab.Tap.Reply = reply => lab.Write(reply.Address + 8, 2u);
        Assert.Equal(-(int)Errno.EINVAL, batch.Update(0));
        Assert.Equal("api.batch.processed", lab.Library.LastRefusal!.Check.Id);
        batch.CountNow = 3;
        Assert.Equal(-(int)Errno.EINVAL, batch.Delete(0));
        Assert.Equal("api.batch.processed", lab.Library.LastRefusal!.Check.Id);
    }

    private static Batch Keys(Lab lab, int fd, uint count)
    {
        Batch batch = lab.NewBatch(fd, count, 4, 8);
        for (uint key = 0; key < count; key++)
        {
            lab.Write(batch.Keys + (key * 4), key);
        }

        return batch;
    }

    private static bool[] Present(Lab lab, int fd, uint count)
    {
        ulong value = lab.Allocate(8);
        return [.. Enumerable.Range(0, (int)count).Select(key => lab.Library.bpf_map_lookup_elem(fd, lab.Put((uint)key), value) == 0)];
    }
}
