using System.Buffers.Binary;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Prefixes: what matches what, and what is refused.</summary>
[Collection(TraceCollection.Name)]
public class LpmTests
{
    /// <summary>Routes, then an address, then the route that must be found (-1: none).</summary>
    public static TheoryData<string[], string, int> Matches => new()
    {
        { ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24"], "10.1.2.3/32", 2 },
        { ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24"], "10.1.3.3/32", 1 },
        { ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24"], "10.2.2.3/32", 0 },
        { ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24"], "11.1.2.3/32", -1 },
        { ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24"], "10.1.2.0/23", 1 },
        { ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24"], "10.1.2.0/7", -1 },
        { ["0.0.0.0/0", "10.0.0.0/8"], "1.2.3.4/32", 0 },
        { ["0.0.0.0/0", "10.0.0.0/8"], "10.2.3.4/32", 1 },
        { ["0.0.0.0/0"], "10.2.3.4/0", 0 },
        { ["128.0.0.0/1", "192.0.0.0/2"], "255.255.255.255/32", 1 },
        { ["128.0.0.0/1", "192.0.0.0/2"], "128.0.0.0/32", 0 },
        { ["128.0.0.0/1", "192.0.0.0/2"], "127.0.0.0/32", -1 },
        { ["10.1.2.8/29", "10.1.2.12/30"], "10.1.2.13/32", 1 },
        { ["10.1.2.8/29", "10.1.2.12/30"], "10.1.2.10/32", 0 },
        { ["10.1.2.3/32"], "10.1.2.3/32", 0 },
        { ["10.1.2.3/32"], "10.1.2.3/31", -1 },
        { ["10.255.255.255/8"], "10.0.0.0/32", 0 },
    };

    [Theory]
    [MemberData(nameof(Matches))]
    public void The_longest_prefix_that_matches_is_found_by_user_and_program(string[] routes, string address, int expected)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8);
        using ProgramMap program = new(machine, map);
        for (int i = 0; i < routes.Length; i++)
        {
            map.Update(Key(routes[i]), map.Value(i)).Expect(EbpfResult.Success);
        }

        byte[] key = Key(address);
        Answer found = map.Find(key);
        byte[]? seen = program.Lookup(0, key);
        if (expected < 0)
        {
            found.Expect(EbpfResult.KeyNotFound);
            Assert.Null(found.CheckId);
            Assert.Null(seen);
        }
        else
        {
            Assert.Equal(map.Value(expected), found.Expect(EbpfResult.Success).Tail(8));
            Assert.Equal(map.Value(expected), seen);
        }

        Assert.Equal(Key(address), key);
    }

    [Fact]
    public void Bits_behind_the_prefix_do_not_count_and_an_update_keeps_those_that_came_first()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8);
        map.Update(Key("10.1.255.255/17"), map.Value(1), EbpfMapOption.NoExist).Expect(EbpfResult.Success);
        map.Update(Key("10.1.128.0/17"), map.Value(2), EbpfMapOption.NoExist).Expect(EbpfResult.ObjectAlreadyExists);
        map.Update(Key("10.1.128.0/17"), map.Value(3), EbpfMapOption.Exist).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(3), map.Find(Key("10.1.200.0/32")).Tail(8));
        Assert.Equal([Key("10.1.255.255/17")], map.Keys());
        map.Update(Key("10.1.0.0/17"), map.Value(4), EbpfMapOption.NoExist).Expect(EbpfResult.Success);
        Assert.Equal(2, map.Keys().Count);
    }

    [Fact]
    public void A_prefix_that_was_deleted_comes_back_as_it_is_written_then()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8);
        map.Update(Key("10.1.255.255/16"), map.Value(1)).Expect(EbpfResult.Success);
        map.Delete(Key("10.1.0.0/16")).Expect(EbpfResult.Success);
        map.Update(Key("10.1.7.7/16"), map.Value(2)).Expect(EbpfResult.Success);
        Assert.Equal([Key("10.1.7.7/16")], map.Keys());
    }

    [Fact]
    public void Deleting_takes_the_exact_prefix_and_uncovers_the_shorter_one()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8);
        using ProgramMap program = new(machine, map);
        map.Update(Key("10.0.0.0/8"), map.Value(1)).Expect(EbpfResult.Success);
        map.Update(Key("10.1.0.0/16"), map.Value(2)).Expect(EbpfResult.Success);
        map.Delete(Key("10.1.0.0/24")).Expect(EbpfResult.KeyNotFound);
        map.Delete(Key("10.1.0.0/16")).Expect(EbpfResult.Success);
        map.Delete(Key("10.1.0.0/16")).Expect(EbpfResult.KeyNotFound);
        Assert.Equal(map.Value(1), map.Find(Key("10.1.2.3/32")).Tail(8));
        Assert.Equal(-(int)EbpfResult.KeyNotFound, program.Delete(0, Key("10.0.0.0/9")));
        Assert.Equal(0, program.Delete(0, Key("10.0.0.0/8")));
        map.Find(Key("10.1.2.3/32")).Expect(EbpfResult.KeyNotFound);
    }

    [Fact]
    public void A_prefix_longer_than_the_key_is_refused_everywhere()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8);
        using ProgramMap program = new(machine, map);
        map.Update(Key("10.0.0.0/32"), map.Value(1)).Expect(EbpfResult.Success);
        foreach (uint length in (uint[])[33, 64, uint.MaxValue])
        {
            byte[] key = Key("10.0.0.0/32");
            BinaryPrimitives.WriteUInt32LittleEndian(key, length);
            map.Find(key).ExpectRefusal(CheckTable.MapLpmPrefixLength, length, 32);
            map.Update(key, map.Value(1)).ExpectRefusal(CheckTable.MapLpmPrefixLength, length, 32);
            map.Update(key, map.Value(1), EbpfMapOption.Exist).ExpectRefusal(CheckTable.MapLpmPrefixLength, length, 32);
            map.Delete(key).ExpectRefusal(CheckTable.MapLpmPrefixLength, length, 32);
            map.NextKey(key).ExpectRefusal(CheckTable.MapLpmPrefixLength, length, 32);
            map.GetBatch(1, key).ExpectRefusal(CheckTable.MapLpmPrefixLength, length, 32);
            map.GetBatch(0, key).Expect(EbpfResult.Success);
            map.UpdateBatch([(Key("11.0.0.0/8"), map.Value(1)), (key, map.Value(1))]).Expect(EbpfResult.InvalidArgument);
            map.DeleteBatch([Key("11.0.0.0/8"), key]).Expect(EbpfResult.InvalidArgument);
            Assert.Null(program.Lookup(0, key));
            Assert.Equal(-(int)EbpfResult.InvalidArgument, program.Update(0, key, map.Value(1)));
            Assert.Equal(-(int)EbpfResult.InvalidArgument, program.Delete(0, key));
            Assert.Equal([Key("10.0.0.0/32")], map.Keys());
        }
    }

    [Fact]
    public void Options_are_as_for_a_hash_table()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8);
        using ProgramMap program = new(machine, map);
        map.Update(Key("10.0.0.0/8"), map.Value(1), EbpfMapOption.Exist).Expect(EbpfResult.KeyNotFound);
        map.Find(Key("10.0.0.0/8")).Expect(EbpfResult.KeyNotFound);
        map.Update(Key("10.0.0.0/8"), map.Value(1), (EbpfMapOption)3).Expect(EbpfResult.InvalidArgument);
        map.Update(Key("10.0.0.0/8"), map.Value(1), EbpfMapOption.NoExist).Expect(EbpfResult.Success);
        map.Update(Key("10.0.0.0/8"), map.Value(2), EbpfMapOption.NoExist).Expect(EbpfResult.ObjectAlreadyExists);
        Assert.Equal(-(int)EbpfResult.ObjectAlreadyExists, program.Update(0, Key("10.0.0.0/8"), map.Value(2), 1));
        Assert.Equal(-(int)EbpfResult.KeyNotFound, program.Update(0, Key("10.0.0.0/9"), map.Value(2), 2));
        Assert.Equal(-(int)EbpfResult.InvalidArgument, program.Update(0, Key("10.0.0.0/9"), map.Value(2), 4));
        Assert.Equal(0, program.Update(0, Key("10.0.0.0/8"), map.Value(5), 2));
        Assert.Equal(map.Value(5), map.Find(Key("10.0.0.0/8")).Tail(8));
    }

    [Fact]
    public void What_a_trie_has_not_is_refused_by_name()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8);
        using ProgramMap program = new(machine, map);
        byte[] key = Key("10.0.0.0/8");
        map.Update(key, map.Value(1)).Expect(EbpfResult.Success);
        map.Find(key, delete: true).ExpectRefusal(CheckTable.MapLpmFindDelete, 1, 0);
        Assert.Null(program.Lookup(0, key, delete: true));
        map.UpdateWithHandle(key, NtHandle.Invalid).ExpectRefusal(CheckTable.MapUpdateWithHandleSupported, (uint)BpfMapType.LpmTrie, 0);
        Assert.Equal(-(int)EbpfResult.InvalidArgument, program.Push(0, map.Value(1)));
        Assert.Equal(-(int)EbpfResult.InvalidArgument, program.Pop(0, map.Value(1)));
        Assert.Equal(-(int)EbpfResult.InvalidArgument, program.Pop(0, map.Value(1), delete: false));
        map.Find(key.AsSpan(0, 7)).ExpectRefusal(CheckTable.MapFindKeySize, 7, 8);
        Assert.Equal(map.Value(1), map.Find(key).Tail(8));
    }

    [Theory]
    [InlineData(3u, -1L)]
    [InlineData(1u, 7L)]
    public void A_key_has_room_for_the_length(uint keySize, long innerMap)
    {
        using EbpfMachine machine = new();
        EbpfMapDefinition definition = new() { Type = BpfMapType.LpmTrie, KeySize = keySize, ValueSize = 8, MaxEntries = 1 };
        Answer answer = machine.User.CreateMap(definition, innerMap: innerMap);
        if (innerMap == -1)
        {
            answer.ExpectRefusal(CheckTable.MapCreateLpmKeySize, keySize, 4);
        }
        else
        {
            answer.ExpectRefusal(CheckTable.MapCreateInnerMap, innerMap, -1);
        }
    }

    [Fact]
    public void A_key_of_nothing_but_the_length_is_the_default_route()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 4);
        map.Update(new byte[4], map.Value(1)).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(1), map.Find(new byte[4]).Tail(8));
        map.Find([1, 0, 0, 0]).ExpectRefusal(CheckTable.MapLpmPrefixLength, 1, 0);
        Assert.Equal([new byte[4]], map.Keys());
    }

    [Fact]
    public void A_key_longer_than_a_kernel_stack_would_like_is_matched_too()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 20004);
        byte[] key = new byte[20004];
        new Random(1).NextBytes(key);
        foreach (uint length in (uint[])[160_000, 80_001, 2])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(key, length);
            map.Update(key, map.Value((int)length)).Expect(EbpfResult.Success);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(key, 160_000);
        Assert.Equal(map.Value(160_000), map.Find(key).Tail(8));
        key[^1] ^= 1;
        Assert.Equal(map.Value(80_001), map.Find(key).Tail(8));
        key[4 + 10_000] ^= 0x80;
        Assert.Equal(map.Value(2), map.Find(key).Tail(8));
        key[4] ^= 0x40;
        map.Find(key).Expect(EbpfResult.KeyNotFound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_prefixes_are_written_walked_read_and_deleted_in_batches(bool traced)
    {
        using MachineEvents? listener = traced ? new MachineEvents() : null;
        using EbpfMachine machine = new(machine: listener is null ? null : new MachineOptions { RequestIdBase = listener.RequestIdBase });
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8, maxEntries: 4);
        (byte[] Key, byte[] Value)[] records =
            [.. Enumerable.Range(0, 300).Select(i => (Key($"{i % 200}.{i / 200}.0.0/{16 + (i % 17)}"), map.Value(i)))];
        map.UpdateBatch(records, EbpfMapOption.NoExist).Expect(EbpfResult.Success);
        Assert.Equal(300, map.Keys().Select(Convert.ToHexString).Distinct().Count());

        // A long key reaches into the reply: the handler has its own copy.
        byte[] middle = map.Keys()[100];
        Assert.Equal(199, map.Records(map.GetBatch(300, middle)).Count);
        map.GetBatch(300, map.Keys()[^1]).Expect(EbpfResult.NoMoreKeys);
        map.GetBatch(300, Key("250.0.0.0/32")).Expect(EbpfResult.KeyNotFound);
        Assert.Equal(Text(records), Text(map.Records(map.GetBatch(300))));

        map.DeleteBatch(records[..100].Select(r => r.Key)).Expect(EbpfResult.Success);
        Assert.Equal(Text(records[100..]), Text(map.Records(map.GetBatch(300, delete: true))));
        map.NextKey([]).Expect(EbpfResult.NoMoreKeys);

        static IEnumerable<string> Text(IEnumerable<(byte[] Key, byte[] Value)> some) =>
            some.Select(r => Convert.ToHexString(r.Key) + Convert.ToHexString(r.Value)).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Batches_work_with_handles_whose_number_is_no_prefix_length()
    {
        using EbpfMachine machine = new();
        for (int i = 0; i < 40; i++)
        {
            machine.User.NewMap(BpfMapType.Hash);
        }

        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8);
        Assert.True(map.Handle.Value > 32);
        map.Update(Key("10.0.0.0/8"), map.Value(1)).Expect(EbpfResult.Success);
        Assert.Single(map.Records(map.GetBatch(5)));
        Assert.Equal([Key("10.0.0.0/8")], map.Keys());
    }

    [Fact]
    public void A_walk_goes_on_from_the_first_key_when_its_place_has_gone()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8);
        map.Update(Key("10.0.0.0/8"), map.Value(1)).Expect(EbpfResult.Success);
        Assert.Equal(Key("10.0.0.0/8"), map.NextKey(Key("11.0.0.0/8")).Expect(EbpfResult.Success).Tail(16));
        map.NextKey(Key("10.0.0.0/8")).Expect(EbpfResult.NoMoreKeys);
    }

    private static byte[] Key(string text)
    {
        string[] parts = text.Split('/', '.');
        byte[] key = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(key, uint.Parse(parts[4], provider: null));
        for (int i = 0; i < 4; i++)
        {
            key[4 + i] = byte.Parse(parts[i], provider: null);
        }

        return key;
    }
}
