using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>The three batch operations as the kernel serves them, one message at a time.</summary>
public class BatchTests
{
    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void An_update_batch_stores_every_record_and_says_how_many(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 3);
        TestMap map = machine.User.NewMap(type);
        Answer answer = map.UpdateBatch(Enumerable.Range(0, 40).Select(i => (map.Key((uint)i), map.Value(i)))).Expect(EbpfResult.Success);
        Assert.Equal(40u, answer.As<MapUpdateElementBatchReply>().CountOfElementsProcessed);
        Assert.Equal(12, answer.Header.Length);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(map.Value(i), map.Find(map.Key((uint)i)).Tail(8));
        }
    }

    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void An_update_batch_stops_at_the_first_failure_and_keeps_what_came_before(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.Update(map.Key(2), map.Value(99)).Expect(EbpfResult.Success);
        Answer answer = map.UpdateBatch(Enumerable.Range(0, 5).Select(i => (map.Key((uint)i), map.Value(i))), EbpfMapOption.NoExist);
        answer.Expect(EbpfResult.ObjectAlreadyExists);
        Assert.All(answer.Bytes, b => Assert.Equal(0, b));
        Assert.Equal((uint[])[0, 1, 2], map.Keys().Select(k => TestMap.Number(k)).Order());
        Assert.Equal(map.Value(99), map.Find(map.Key(2)).Tail(8));

        map.UpdateBatch(Enumerable.Range(1, 5).Select(i => (map.Key((uint)i), map.Value(i + 50))), EbpfMapOption.Exist)
            .Expect(EbpfResult.KeyNotFound);
        Assert.Equal(map.Value(52), map.Find(map.Key(2)).Tail(8));
        map.Find(map.Key(3)).Expect(EbpfResult.ObjectNotFound);
    }

    [Fact]
    public void An_update_batch_of_an_array_names_the_index_that_it_refuses()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Array, maxEntries: 3);
        map.UpdateBatch(Enumerable.Range(0, 5).Select(i => (map.Key((uint)i), map.Value(i))))
            .ExpectRefusal(CheckTable.MapUpdateIndex, 3, 2);
        Assert.Equal(map.Value(2), map.Find(map.Key(2)).Tail(8));
        map.UpdateBatch([(map.Key(0), map.Value(7))], EbpfMapOption.NoExist).ExpectRefusal(CheckTable.MapUpdateNoExist, 1, 0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0xFFFFFFFF)]
    public void An_option_that_does_not_exist_is_stopped_by_the_validator(uint option)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        map.UpdateBatch([(map.Key(0), map.Value(7))], (EbpfMapOption)option)
            .ExpectRefusal(CheckTable.ValidatorMapUpdateElementBatchOption, option, 2);
        map.Update(map.Key(0), map.Value(7), (EbpfMapOption)option)
            .ExpectRefusal(CheckTable.ValidatorMapUpdateElementOption, option, 2);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void A_delete_batch_stops_at_the_first_missing_key_and_keeps_the_rest(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.Fill(6);
        map.DeleteBatch([map.Key(0), map.Key(1), map.Key(77), map.Key(2)]).Expect(EbpfResult.KeyNotFound);
        Assert.Equal((uint[])[2, 3, 4, 5], map.Keys().Select(k => TestMap.Number(k)).Order());
        map.DeleteBatch([map.Key(3), map.Key(3)]).Expect(EbpfResult.KeyNotFound);
        Answer answer = map.DeleteBatch([map.Key(2), map.Key(4), map.Key(5)]).Expect(EbpfResult.Success);
        Assert.Equal(3u, answer.As<MapDeleteElementBatchReply>().CountOfElementsProcessed);
        Assert.Empty(map.Keys());
    }

    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void Reading_by_any_number_at_a_time_gives_every_element_once_then_no_more_keys(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 3);
        TestMap map = machine.User.NewMap(type, maxEntries: 150);
        map.Fill(150);
        foreach (int atATime in (int[])[1, 2, 7, 31, 32, 33, 63, 64, 65, 149, 150, 151])
        {
            List<(byte[] Key, byte[] Value)> all = ReadAll(map, atATime);
            Assert.Equal(Enumerable.Range(0, 150), all.Select(r => (int)TestMap.Number(r.Key)).Order());
            Assert.All(all, r => Assert.Equal(map.Value((int)TestMap.Number(r.Key)), r.Value));
        }
    }

    [Fact]
    public void Batches_come_in_the_order_of_next_key()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash, maxEntries: 32);
        map.Fill(200);
        Assert.Equal(map.Keys(), ReadAll(map, 17).Select(r => r.Key));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void An_empty_map_has_no_more_keys_and_an_empty_room_succeeds(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.GetBatch(1).Expect(EbpfResult.NoMoreKeys);
        Assert.Equal(8, map.GetBatch(0).Expect(EbpfResult.Success).Header.Length);
        map.Fill(1);
        Assert.Equal(8, map.GetBatch(0, extraRoom: map.RecordBytes - 1).Expect(EbpfResult.Success).Header.Length);
        Assert.Equal(8, map.GetBatch(0, delete: true, extraRoom: map.RecordBytes - 1).Expect(EbpfResult.Success).Header.Length);
        Assert.Single(map.Keys());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(11)]
    public void Room_beyond_the_last_whole_record_stays_unused(int extra)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        map.Fill(10);
        Assert.Equal(8 + (3 * 12), map.GetBatch(3, extraRoom: extra).Expect(EbpfResult.Success).Header.Length);
    }

    [Fact]
    public void The_last_key_is_followed_by_no_more_keys()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash);
        map.Fill(9);
        byte[] last = map.Keys()[^1];
        map.GetBatch(5, last).Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void Any_key_of_the_map_is_a_cursor_and_a_missing_one_is_an_error()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        map.Fill(30);
        List<byte[]> keys = map.Keys();
        Assert.Equal(keys[11..16], map.Records(map.GetBatch(5, keys[10])).Select(r => r.Key));
        map.GetBatch(5, map.Key(1000)).Expect(EbpfResult.KeyNotFound);
        map.Delete(keys[10]).Expect(EbpfResult.Success);
        map.GetBatch(5, keys[10]).Expect(EbpfResult.KeyNotFound);
    }

    [Fact]
    public void A_cursor_into_an_array_never_goes_missing()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Array, maxEntries: 4);
        map.Fill(4);
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
        Assert.Equal([2u, 3], map.Records(map.GetBatch(5, map.Key(1))).Select(r => TestMap.Number(r.Key)));
        map.GetBatch(5, map.Key(400)).Expect(EbpfResult.NoMoreKeys);
        Assert.Equal(0u, TestMap.Number(map.Records(map.GetBatch(1, map.Key(uint.MaxValue)))[0].Key));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void Reading_and_deleting_takes_what_it_gives(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, maxEntries: 150);
        map.Fill(150);
        List<uint> taken = [];
        foreach (int records in (int[])[1, 40, 64, 65, 100])
        {
            List<(byte[] Key, byte[] Value)> some = map.Records(map.GetBatch(records, delete: true));
            Assert.All(some, r => Assert.Equal(map.Value((int)TestMap.Number(r.Key)), r.Value));
            taken.AddRange(some.Select(r => TestMap.Number(r.Key)));
            Assert.Equal(150 - taken.Count, map.Keys().Count);
            if (taken.Count == 150)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, 150), taken.Select(k => (int)k).Order());
        map.GetBatch(10, delete: true).Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void Reading_and_deleting_an_array_zeroes_what_it_gives()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.PercpuArray, maxEntries: 6);
        map.Fill(6);
        Assert.Equal(4, map.Records(map.GetBatch(4, delete: true)).Count);
        Assert.Equal(new byte[map.ValueBytes], map.Find(map.Key(3)).Tail(8));
        Assert.Equal(map.Value(4), map.Find(map.Key(4)).Tail(8));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(300)]
    public void A_previous_key_together_with_deleting_is_itself_deleted_unseen(uint keySize)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash, keySize: keySize);
        map.Fill(10);
        List<byte[]> keys = map.Keys();
        Assert.Equal(keys[4..7], map.Records(map.GetBatch(3, keys[3], delete: true)).Select(r => r.Key));
        Assert.Equal([.. keys[..3], .. keys[7..]], map.Keys());
    }

    [Fact]
    public void A_previous_key_that_is_the_last_is_not_deleted()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        map.Fill(10);
        List<byte[]> keys = map.Keys();
        map.GetBatch(3, keys[^1], delete: true).Expect(EbpfResult.NoMoreKeys);
        Assert.Equal(keys, map.Keys());
    }

    [Theory]
    [InlineData(BpfMapType.Hash, 2)]
    [InlineData(BpfMapType.PercpuHash, 2)]
    [InlineData(BpfMapType.PercpuHash, 64)]
    [InlineData(BpfMapType.PercpuHash, 1024)]
    public void A_full_message_is_served_and_one_byte_more_is_not(BpfMapType type, int cpus)
    {
        using EbpfMachine machine = new(cpus);
        TestMap map = machine.User.NewMap(type, maxEntries: 8192);
        BatchLayout layout = new(4, map.Layout);
        int most = layout.UpdatesPerMessage;
        map.Fill(most - 1);
        map.Fill(most);
        machine.User.Send(new byte[EbpfDevice.MaxMessageBytes + 1], 12)
            .ExpectRefusal(CheckTable.DriverMessageMax, EbpfDevice.MaxMessageBytes + 1, EbpfDevice.MaxMessageBytes);

        int lookups = layout.LookupsPerMessage;
        map.Fill(Math.Min(most, lookups));
        Assert.Equal(most - 1, map.Records(map.GetBatch(most - 1)).Count);
        Assert.Equal(Math.Min(most, lookups), map.Records(map.GetBatch(lookups)).Count);
        map.GetBatch(0, extraRoom: EbpfDevice.MaxMessageBytes - 8).Expect(EbpfResult.Success);
        map.GetBatch(0, extraRoom: EbpfDevice.MaxMessageBytes - 7)
            .ExpectRefusal(CheckTable.DriverMessageMax, EbpfDevice.MaxMessageBytes + 1, EbpfDevice.MaxMessageBytes);
        map.DeleteBatch(Enumerable.Range(0, most).Select(i => map.Key((uint)i))).Expect(EbpfResult.Success);
    }

    [Fact]
    public void An_update_that_runs_out_of_memory_keeps_what_it_did_and_deleting_still_works()
    {
        using EbpfMachine machine = new(machine: new KernelSim.Nt.MachineOptions { PoolLimit = 4 << 20 });
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash, valueSize: 1024, maxEntries: 16);
        int stored = 0;
        Answer answer;
        do
        {
            answer = map.UpdateBatch(Enumerable.Range(stored, 20).Select(i => (map.Key((uint)i), map.Value(i))));
            stored += 20;
        }
        while (answer.Status == NtStatus.Success);

        answer.Expect(EbpfResult.NoMemory);
        List<byte[]> keys = map.Keys();
        Assert.InRange(keys.Count, stored - 20, stored - 1);
        map.DeleteBatch(keys).Expect(EbpfResult.Success);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        map.Fill(20);
    }

    private static List<(byte[] Key, byte[] Value)> ReadAll(TestMap map, int atATime)
    {
        List<(byte[] Key, byte[] Value)> all = [];
        Answer answer;
        while ((answer = map.GetBatch(atATime, all.Count == 0 ? [] : all[^1].Key)).Status == NtStatus.Success)
        {
            all.AddRange(map.Records(answer));
        }

        answer.Expect(EbpfResult.NoMoreKeys);
        return all;
    }
}
