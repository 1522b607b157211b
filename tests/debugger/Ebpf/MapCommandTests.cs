using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.Debugger.Tests.Ebpf;

/// <summary>What the debugger decodes of each type of map is what user mode reads.</summary>
public sealed class MapCommandTests : IDisposable
{
    private const int Cpus = 4;

    private readonly EbpfMachine _machine = new(Cpus);
    private readonly Glass _glass;

    public MapCommandTests() => _glass = new Glass(_machine.Machine);

    private EbpfUser User => _machine.User;

    public void Dispose()
    {
        _glass.Dispose();
        _machine.Dispose();
    }

    [Theory]
    [InlineData(BpfMapType.Hash, 4, 12, 64, 50)]
    [InlineData(BpfMapType.Hash, 8, 8, 1, 200)]
    [InlineData(BpfMapType.Hash, 5, 3, 16, 60)]
    [InlineData(BpfMapType.LruHash, 4, 12, 64, 64)]
    [InlineData(BpfMapType.Array, 4, 12, 20, 20)]
    public void The_elements_of_a_map_are_those_that_a_lookup_returns(BpfMapType type, uint keySize, uint valueSize, uint maxEntries, int count)
    {
        TestMap map = User.NewMap(type, keySize, valueSize, maxEntries);
        map.Fill(count);

        IReadOnlyList<ResultRow> rows = _glass.Rows($"!map {Id(map)}");

        Assert.Equal(map.Keys(), rows.Select(r => r.Get<byte[]>("key")));
        Assert.All(rows, row => Assert.Equal(map.Find(row.Get<byte[]>("key")).Tail(8), row.Get<byte[]>("value")));
        Assert.Equal((long)count, Assert.Single(_glass.Rows("!maps"))["entries"]);
    }

    [Theory]
    [InlineData(BpfMapType.PercpuHash, 4)]
    [InlineData(BpfMapType.PercpuHash, 6)]
    [InlineData(BpfMapType.LruPercpuHash, 4)]
    [InlineData(BpfMapType.PercpuArray, 4)]
    public void A_per_cpu_element_is_shown_slot_by_slot_with_its_padding(BpfMapType type, uint keySize)
    {
        TestMap map = User.NewMap(type, keySize, valueSize: 12, maxEntries: 16);
        map.Fill(16);

        IReadOnlyList<ResultRow> rows = _glass.Rows($"!map {Id(map)}");

        Assert.Equal(16, rows.Count);
        foreach (ResultRow row in rows)
        {
            byte[] key = row.Get<byte[]>("key");
            byte[] whole = map.Find(key).Tail(8);
            IReadOnlyList<ResultRow> slots = _glass.Rows($"!percpu {Id(map)} {Convert.ToHexStringLower(key)}");
            Assert.Equal(Enumerable.Range(0, Cpus), slots.Select(s => s.Get<int>("cpu")));
            Assert.Equal(whole, slots.SelectMany(s => (byte[])[.. s.Get<byte[]>("value"), .. s.Get<byte[]>("padding")]));
            Assert.Equal(slots.Select(s => s.Get<byte[]>("value")), row.Get<byte[][]>("values"));
            Assert.All(slots, s => Assert.Equal((12, 4), (s.Get<byte[]>("value").Length, s.Get<byte[]>("padding").Length)));
        }
    }

    [Fact]
    public void Prefixes_of_a_trie_are_listed()
    {
        TestMap map = User.NewMap(BpfMapType.LpmTrie, keySize: 8, valueSize: 4);
        byte[][] keys = [[8, 0, 0, 0, 10, 0, 0, 0], [16, 0, 0, 0, 10, 1, 0, 0], [13, 0, 0, 0, 10, 8, 0, 0], [32, 0, 0, 0, 10, 1, 2, 3]];
        foreach ((int i, byte[] key) in keys.Index())
        {
            map.Update(key, map.Value(i)).Expect(EbpfResult.Success);
        }

        IReadOnlyList<ResultRow> rows = _glass.Rows($"!map {Id(map)}");

        Assert.Equal(map.Keys(), rows.Select(r => r.Get<byte[]>("key")));
        Assert.Equal(
            keys.Index().Select(k => Text(k.Item, map.Value(k.Index))).Order(),
            rows.Select(r => Text(r.Get<byte[]>("key"), r.Get<byte[]>("value"))).Order());
    }

    [Theory]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Stack)]
    public void Values_of_a_queue_and_a_stack_are_listed_as_they_will_be_popped(BpfMapType type)
    {
        TestMap map = User.NewMap(type, keySize: 0, valueSize: 12, maxEntries: 4);
        for (int i = 0; i < 7; i++)
        {
            map.Update([], map.Value(i), EbpfMapOption.Exist).Expect(EbpfResult.Success);
        }

        byte[][] shown = [.. _glass.Rows($"!map {Id(map)}").Select(r => r.Get<byte[]>("value"))];

        Assert.Equal(4L, Assert.Single(_glass.Rows("!maps"))["entries"]);
        Assert.Equal(4, shown.Length);
        Assert.All(shown, value => Assert.Equal(map.Find([], delete: true).Tail(8), value));
    }

    [Theory]
    [InlineData(BpfMapType.ArrayOfMaps)]
    [InlineData(BpfMapType.HashOfMaps)]
    public void A_map_of_maps_shows_the_ids_and_what_they_stand_for(BpfMapType type)
    {
        TestMap inner = User.NewMap(BpfMapType.Hash);
        uint innerId = Id(inner);
        TestMap outer = User.NewMap(type, valueSize: 4, maxEntries: 8, template: inner.Handle);
        outer.UpdateWithHandle(outer.Key(3), inner.Handle).Expect(EbpfResult.Success);

        ResultRow row = Assert.Single(_glass.Rows($"!map {Id(outer)}"));

        Assert.Equal(outer.Key(3), row.Get<byte[]>("key"));
        Assert.Equal(outer.Find(outer.Key(3)).Tail(8), row.Get<byte[]>("value"));
        Assert.Equal($"map {innerId}", row["object"]);
    }

    [Fact]
    public void Deleted_elements_are_not_shown()
    {
        TestMap map = User.NewMap(BpfMapType.Hash, maxEntries: 2);
        map.Fill(20);
        map.DeleteBatch(Enumerable.Range(0, 10).Select(i => map.Key((uint)i))).Expect(EbpfResult.Success);

        Assert.Equal(map.Keys(), _glass.Rows($"!map {Id(map)}").Select(r => r.Get<byte[]>("key")));
    }

    [Fact]
    public void A_count_cuts_the_list_and_says_so()
    {
        TestMap map = User.NewMap(BpfMapType.Array, maxEntries: 5);

        Output.CommandResult result = _glass.Run($"!map {Id(map)} 2");

        Assert.Equal(2, result.Tables[0].Rows.Count);
        Assert.Equal($"the first 2 elements; !map {Id(map)} COUNT shows more", Assert.Single(result.Notes));
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.LruHash)]
    public void A_custom_map_shows_what_its_base_type_stores(BpfMapType baseType)
    {
        const BpfMapType Type = (BpfMapType)0x8001;
        RecordingMapProvider calls = new();
        EbpfCore.Extensions.MapProvider provider = new(
            Guid.Empty, new EbpfCore.Extensions.MapProviderData(Type, calls.Dispatch()) { BaseMapType = baseType });
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Register(current, provider)));
        TestMap map = User.NewMap(Type, valueSize: 4, maxEntries: 8);
        map.Update(map.Key(5), [1, 2, 3, 4]).Expect(EbpfResult.Success);

        IReadOnlyList<ResultRow> rows = _glass.Rows($"!map {Id(map)}");

        Assert.Equal("custom_32769", Assert.Single(_glass.Rows("!maps"))["type"]);
        Assert.Equal(map.Keys(), rows.Select(r => r.Get<byte[]>("key")));
        Assert.All(rows, row => Assert.Equal(map.Find(row.Get<byte[]>("key")).Tail(8), row.Get<byte[]>("value")));
        User.Close(map.Handle);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Deregister(current, provider)));
    }

    [Fact]
    public void The_list_of_maps_is_what_their_infos_say()
    {
        TestMap map = User.NewMap(BpfMapType.PercpuHash, 4, 12, 100, "stats");
        User.Pin(map.Handle, "/ks/stats"u8).Expect(EbpfResult.Success);

        ResultRow row = Assert.Single(_glass.Rows("!maps"));
        BpfMapInfo info = Info(map);

        Assert.Equal(
            (info.Id, "percpu_hash", "stats", info.KeySize, info.ValueSize, info.MaxEntries),
            (row["id"], row["type"], row["name"], row["key_size"], row["value_size"], row["max_entries"]));
        Assert.Equal(["/ks/stats"], Assert.IsAssignableFrom<IEnumerable<string>>(row["pinned"]));
        Assert.Equal(2L, row["references"]);
        ResultRow pin = Assert.Single(_glass.Rows("!pins"));
        Assert.Equal(("/ks/stats", info.Id, "map"), (pin["path"], pin["id"], pin["type"]));
        User.Unpin("/ks/stats"u8).Expect(EbpfResult.Success);
        Assert.Empty(_glass.Rows("!pins"));
    }

    [Theory]
    [InlineData("!map", "!map: nothing given, expected the id of a map")]
    [InlineData("!map 99", "!map: map 99 given, expected the id of one: 2")]
    [InlineData("!map x", "!map: 'x' given, expected the id of a map")]
    [InlineData("!percpu 2 00000000", "!percpu: map 2, a hash, given, expected a per-CPU map")]
    [InlineData("!ring 2", "!ring: map 2, a hash, given, expected a ringbuf or a perf_event_array")]
    [InlineData("!prog 2", "!prog: program 2 given, expected the id of one: there is none")]
    public void A_wrong_argument_is_named(string command, string message)
    {
        User.NewMap(BpfMapType.Hash);

        Assert.Equal(message, _glass.Try(command).Error);
    }

    [Theory]
    [InlineData("!percpu 2 00", "!percpu: key '00' given, expected 8 hex digits: map 2 has keys of 4 bytes")]
    [InlineData("!percpu 2 00000000", "!percpu: key 00000000 given, expected one that map 2 has: !map 2 lists them")]
    public void A_wrong_key_is_named(string command, string message)
    {
        User.NewMap(BpfMapType.PercpuHash);

        Assert.Equal(message, _glass.Try(command).Error);
    }

    private uint Id(TestMap map) => Info(map).Id;

    private BpfMapInfo Info(TestMap map) =>
        System.Runtime.InteropServices.MemoryMarshal.Read<BpfMapInfo>(User.Info(map.Handle).Expect(EbpfResult.Success).Bytes.AsSpan(12));

    private static string Text(byte[] key, byte[] value) => $"{Convert.ToHexStringLower(key)} {Convert.ToHexStringLower(value)}";
}
