using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>What single operations come to, type by type.</summary>
public class SingleOperationTests
{
    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void What_is_written_is_found_and_can_be_written_again(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 3);
        TestMap map = machine.User.NewMap(type);
        map.Update(map.Key(3), map.Value(3)).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(3), map.Find(map.Key(3)).Expect(EbpfResult.Success).Tail(8));
        map.Update(map.Key(3), map.Value(4)).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(4), map.Find(map.Key(3)).Expect(EbpfResult.Success).Tail(8));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void A_hash_table_misses_keys_that_are_not_there(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        map.Find(map.Key(2)).Expect(EbpfResult.ObjectNotFound);
        map.Find(map.Key(2), delete: true).Expect(EbpfResult.ObjectNotFound);
        map.Delete(map.Key(2)).Expect(EbpfResult.KeyNotFound);
        map.Update(map.Key(2), map.Value(2), EbpfMapOption.Exist).Expect(EbpfResult.KeyNotFound);
        Assert.Null(map.Find(map.Key(2)).CheckId);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void A_hash_table_honours_noexist_and_exist(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.Update(map.Key(1), map.Value(1), EbpfMapOption.NoExist).Expect(EbpfResult.Success);
        map.Update(map.Key(1), map.Value(2), EbpfMapOption.NoExist).Expect(EbpfResult.ObjectAlreadyExists);
        Assert.Equal(map.Value(1), map.Find(map.Key(1)).Tail(8));
        map.Update(map.Key(1), map.Value(3), EbpfMapOption.Exist).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(3), map.Find(map.Key(1)).Tail(8));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void A_deleted_key_is_absent_for_noexist_and_exist_until_it_is_inserted_again(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
        map.Find(map.Key(1)).Expect(EbpfResult.ObjectNotFound);
        map.Delete(map.Key(1)).Expect(EbpfResult.KeyNotFound);
        map.Update(map.Key(1), map.Value(2), EbpfMapOption.Exist).Expect(EbpfResult.KeyNotFound);
        map.NextKey([]).Expect(EbpfResult.NoMoreKeys);
        map.Update(map.Key(1), map.Value(3), EbpfMapOption.NoExist).Expect(EbpfResult.Success);
        map.Update(map.Key(1), map.Value(4), EbpfMapOption.NoExist).Expect(EbpfResult.ObjectAlreadyExists);
        Assert.Equal(map.Value(3), map.Find(map.Key(1)).Tail(8));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void Find_and_delete_takes_the_element_out_of_a_hash_table(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(1), map.Find(map.Key(1), delete: true).Expect(EbpfResult.Success).Tail(8));
        map.Find(map.Key(1), delete: true).Expect(EbpfResult.ObjectNotFound);
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.PercpuHash)]
    public void A_hash_table_holds_more_than_its_hint(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, maxEntries: 4);
        map.Fill(400);
        Assert.Equal(400, map.Keys().Count);
        for (int i = 0; i < 400; i++)
        {
            Assert.Equal(map.Value(i), map.Find(map.Key((uint)i)).Tail(8));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    public void A_bucket_of_any_number_of_keys_can_be_emptied_and_filled_again(int keys)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash, maxEntries: 1);
        for (int round = 0; round < 3; round++)
        {
            map.Fill(keys);
            List<byte[]> order = map.Keys();
            Assert.Equal(Enumerable.Range(0, keys), order.Select(k => (int)TestMap.Number(k)).Order());
            foreach (byte[] key in order)
            {
                map.Find(key).Expect(EbpfResult.Success);
                map.Delete(key).Expect(EbpfResult.Success);
                map.Find(key).Expect(EbpfResult.ObjectNotFound);
            }

            Assert.Empty(map.Keys());
            map.GetBatch(1).Expect(EbpfResult.NoMoreKeys);
            map.Update(map.Key(5000), map.Value(round)).Expect(EbpfResult.Success);
            Assert.Equal(map.Value(round), map.Find(map.Key(5000)).Tail(8));
            map.Delete(map.Key(5000)).Expect(EbpfResult.Success);
        }
    }

    [Theory]
    [MemberData(nameof(MapTypes.Arrays), MemberType = typeof(MapTypes))]
    public void Every_element_of_an_array_is_there_from_the_start_with_zeros(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, maxEntries: 5);
        Assert.Equal(new byte[map.ValueBytes], map.Find(map.Key(4)).Expect(EbpfResult.Success).Tail(8));
        map.Find(map.Key(5)).Expect(EbpfResult.ObjectNotFound);
        map.Find(map.Key(uint.MaxValue)).Expect(EbpfResult.ObjectNotFound);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Arrays), MemberType = typeof(MapTypes))]
    public void Deleting_an_element_of_an_array_fills_it_with_zeros(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 4);
        TestMap map = machine.User.NewMap(type, maxEntries: 3);
        map.Fill(3);
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(0), map.Find(map.Key(0)).Tail(8));
        Assert.Equal(new byte[map.ValueBytes], map.Find(map.Key(1)).Expect(EbpfResult.Success).Tail(8));
        Assert.Equal(map.Value(2), map.Find(map.Key(2)).Tail(8));
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Arrays), MemberType = typeof(MapTypes))]
    public void An_array_refuses_indexes_beyond_its_end_noexist_and_find_and_delete(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, maxEntries: 3);
        map.Update(map.Key(3), map.Value(1)).ExpectRefusal(CheckTable.MapUpdateIndex, 3, 2);
        map.Update(map.Key(3), map.Value(1), EbpfMapOption.Exist).ExpectRefusal(CheckTable.MapUpdateIndex, 3, 2);
        map.Delete(map.Key(3)).ExpectRefusal(CheckTable.MapDeleteIndex, 3, 2);
        map.Update(map.Key(1), map.Value(1), EbpfMapOption.NoExist).ExpectRefusal(CheckTable.MapUpdateNoExist, 1, 0);
        map.Update(map.Key(3), map.Value(1), EbpfMapOption.NoExist).ExpectRefusal(CheckTable.MapUpdateNoExist, 1, 0);
        map.Find(map.Key(1), delete: true).ExpectRefusal(CheckTable.MapFindDelete, 1, 0);
        map.Find(map.Key(3), delete: true).ExpectRefusal(CheckTable.MapFindDelete, 1, 0);
        map.Update(map.Key(1), map.Value(1), EbpfMapOption.Exist).Expect(EbpfResult.Success);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(12)]
    public void The_first_four_bytes_of_an_arrays_key_are_its_index(uint keySize)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Array, keySize: keySize, maxEntries: 200);
        byte[] key = map.Key(150);
        key.AsSpan(Math.Min(4, key.Length)).Fill(0xAA);
        map.Update(key, map.Value(1)).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(1), map.Find(map.Key(150)).Tail(8));
        Assert.Equal(151u, TestMap.Number(map.NextKey(key).Expect(EbpfResult.Success).Tail(16)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(333)]
    public void Keys_of_a_hash_table_are_compared_to_their_last_byte(uint keySize)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash, keySize: keySize, maxEntries: 1);
        byte[] one = new byte[keySize];
        byte[] other = new byte[keySize];
        other[^1] = 1;
        map.Update(one, map.Value(1)).Expect(EbpfResult.Success);
        map.Find(other).Expect(EbpfResult.ObjectNotFound);
        map.Update(other, map.Value(2)).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(1), map.Find(one).Tail(8));
        Assert.Equal(map.Value(2), map.Find(other).Tail(8));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void Operations_of_objects_and_rings_are_refused(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.UpdateWithHandle(map.Key(1), map.Handle).ExpectRefusal(CheckTable.MapUpdateWithHandleSupported, (uint)type, 0);
        map.UpdateWithHandle([1, 2, 3], map.Handle).ExpectRefusal(CheckTable.MapUpdateWithHandleKeySize, 3, 4);
    }
}
