using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>Iterating in batches while somebody else changes the map, between calls and between the messages of one call.</summary>
public class CursorTests
{
    private const uint FullMessage = 5460;

    [Fact]
    public void Elements_that_stay_are_all_delivered_however_many_others_go_between_calls()
    {
        using var lab = new Lab(cpus: 1);
        int fd = Filled(lab, 1000);
        Batch batch = lab.NewBatch(fd, 50, 4, 8);
        ulong key = lab.Allocate(4);
        var seen = new List<uint>();
        ulong inBatch = 0;
        while (batch.Lookup(0, inBatch) == 0)
        {
            uint[] keys = batch.KeysNow((int)batch.CountNow);
            seen.AddRange(keys);

            // The cursor's key goes, and every third of what was delivered.
            foreach (uint victim in keys.Where((_, i) => i % 3 == 0).Append(keys[^1]).Distinct())
            {
                lab.Write(key, victim);
                Assert.Equal(0, lab.Library.bpf_map_delete_elem(fd, key));
            }

            inBatch = batch.OutBatch;
            batch.CountNow = 50;
        }

        Assert.Equal(Errno.ENOENT, lab.Library.errno);
        Assert.Equal(Enumerable.Range(0, 1000).Select(k => (uint)k), seen.Order());
    }

    [Fact]
    public void A_loop_that_deletes_what_it_was_given_empties_the_map()
    {
        using var lab = new Lab(cpus: 1);
        int fd = Filled(lab, 1000);
        Batch batch = lab.NewBatch(fd, 64, 4, 8);
        int delivered = 0;
        ulong inBatch = 0;
        while (batch.Lookup(0, inBatch) == 0)
        {
            delivered += (int)batch.CountNow;
            inBatch = lab.Put(lab.Read<uint>(batch.OutBatch));
            Assert.Equal(0, batch.Delete(0));
            batch.CountNow = 64;
        }

        Assert.Equal(1000, delivered);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(700)]
    [InlineData((int)FullMessage)]
    public void A_key_deleted_between_two_messages_of_a_call_costs_and_repeats_nothing_in_checked(int deleted)
    {
        using var lab = new Lab(cpus: 1);
        int fd = Filled(lab, FullMessage + 1000);
        Batch batch = lab.NewBatch(fd, FullMessage + 1000, 4, 8);
        DeleteAfterFirstMessage(lab, fd, batch, deleted);
        Assert.Equal(0, batch.Lookup(0));
        Assert.Equal(FullMessage + 1000, batch.CountNow);
        Assert.Equal((int)(FullMessage + 1000), batch.KeysNow((int)batch.CountNow).Distinct().Count());
    }

    [Fact]
    public void A_key_that_leaves_a_message_no_room_for_the_mark_starts_over_and_loses_nothing()
    {
        const uint keySize = 65_512;
        using var lab = new Lab(cpus: 1);
        int fd = lab.CreateMap(BpfMapType.Hash, keySize: keySize, valueSize: 1, maxEntries: 4);
        ulong key = lab.Allocate(keySize);
        ulong value = lab.Put((byte)1);
        for (uint i = 0; i < 3; i++)
        {
            lab.Write(key, i);
            Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, key, value, 0));
        }

        Batch batch = lab.NewBatch(fd, 1, keySize, 1);
        Assert.Equal(0, batch.Lookup(0));
        Assert.Equal(0, lab.Library.bpf_map_delete_elem(fd, batch.OutBatch));
        var rest = new List<uint>();
        for (ulong inBatch = batch.OutBatch; batch.Lookup(0, inBatch) == 0;)
        {
            rest.Add(batch.KeysNow(1)[0]);
        }

        Assert.Equal(2, rest.Count);
        Assert.Equal(2, rest.Distinct().Count());
    }

    [Fact]
    public void Upstream_fails_and_keeps_quiet_about_what_it_has_read()
    {
        using var lab = new Lab(LibraryVersion.Upstream, cpus: 1);
        int fd = Filled(lab, FullMessage + 1000);
        Batch batch = lab.NewBatch(fd, FullMessage + 1000, 4, 8);
        DeleteAfterFirstMessage(lab, fd, batch, 1);
        Assert.Equal(-(int)Errno.ENOENT, batch.Lookup(lab.Options()));
        Assert.Equal(FullMessage + 1000, batch.CountNow);
        Assert.Equal((int)FullMessage, batch.KeysNow((int)FullMessage).Distinct().Count());
    }

    [Fact]
    public void Elements_that_come_meanwhile_do_not_disturb_those_that_were_there()
    {
        using var lab = new Lab(cpus: 1);
        int fd = Filled(lab, 500);
        Batch batch = lab.NewBatch(fd, 20, 4, 8);
        var seen = new List<uint>();
        ulong inBatch = 0;
        uint next = 10_000;
        while (batch.Lookup(0, inBatch) == 0)
        {
            seen.AddRange(batch.KeysNow((int)batch.CountNow).Where(k => k < 500));
            inBatch = batch.OutBatch;
            batch.CountNow = 20;
            if (next < 10_100)
            {
                Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, lab.Put(next++), lab.Put(1UL), 0));
            }
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(k => (uint)k), seen.Order());
    }

    private static int Filled(Lab lab, uint count)
    {
        int fd = lab.CreateMap(BpfMapType.Hash, maxEntries: 8192);
        lab.Fill(fd, BpfMapType.Hash, count);
        return fd;
    }

    /// <summary>Has another library of the process delete the newest keys of the first message before the second is sent.</summary>
    private static void DeleteAfterFirstMessage(Lab lab, int fd, Batch batch, int count)
    {
        ulong info = lab.Allocate(96);
        Assert.Equal(0, lab.Library.bpf_obj_get_info_by_fd(fd, info, lab.Put(96u)));
        var other = new Libbpf(lab.Process.Gate);
        int map = other.bpf_map_get_fd_by_id(lab.Read<uint>(info));
        int messages = lab.Library.Version == LibraryVersion.Checked ? 0 : -1;
        lab.Tap.Before = step =>
        {
            if (step == nameof(ISystemGate.NtDeviceIoControlFile) && messages++ == 1)
            {
                ulong keys = batch.Keys + ((FullMessage - (uint)count) * 4);
                Assert.Equal(0, other.bpf_map_delete_batch(map, keys, lab.Put((uint)count), 0));
                other.Dispose();
            }
        };
    }
}
