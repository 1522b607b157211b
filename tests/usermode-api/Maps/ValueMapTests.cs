using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Maps;

public class ValueMapTests
{
    [Fact]
    public void Single_elements_come_and_go()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<ulong, Twelve> map = session.CreateHashMap<ulong, Twelve>("m", 16);
        var value = new Twelve { Bytes = 7, Packets = 8 };
        Assert.False(map.TryGet(1, out _));
        Assert.True(map.TryAdd(1, value));
        Assert.False(map.TryAdd(1, value));
        Assert.False(map.TryReplace(2, value));
        Assert.True(map.TryReplace(1, value with { Packets = 9 }));
        Assert.Equal((7UL, 9u), (map[1].Bytes, map[1].Packets));
        map[2] = value;
        Assert.True(map.TryTake(2, out Twelve taken));
        Assert.Equal(value, taken);
        Assert.False(map.TryTake(2, out _));
        Assert.True(map.Delete(1));
        Assert.False(map.Delete(1));
        Assert.Throws<KeyNotFoundException>(() => map[1]);
    }

    [Fact]
    public void An_array_is_there_from_the_start_and_deleting_makes_zeros()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using ArrayMap<ulong> map = session.CreateArrayMap<ulong>("a", 4);
        map[3] = 30;
        Assert.Equal([0UL, 0, 0, 30], map.Select(e => e.Value));
        Assert.Equal([0u, 1, 2, 3], map.Select(e => e.Key));
        Assert.True(map.Delete(3));
        Assert.Equal(0UL, map[3]);
        BpfException beyond = Assert.Throws<BpfException>(() => map[4] = 1);
        Assert.Equal(("map.update.index", 4L, 3L), (beyond.Check!.Id, beyond.Given, beyond.Expected));
        Assert.False(map.TryGet(4, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5459)]
    [InlineData(5460)]
    [InlineData(5461)]
    [InlineData(10_920)]
    [InlineData(20_000)]
    public void Batches_of_any_length_go_in_and_come_back(int count)
    {
        using var lab = new Lab(cpus: 1);
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("m", 1 << 15);
        uint[] keys = [.. Enumerable.Range(0, count).Select(i => (uint)i)];
        ulong[] values = [.. keys.Select(k => k * 3UL)];
        map.UpdateBatch(keys, values, EbpfMapOption.NoExist);

        var cursor = new BatchCursor();
        var backKeys = new uint[count];
        var backValues = new ulong[count];
        Assert.Equal(new BatchResult(count, BatchStatus.More), map.LookupBatch(cursor, backKeys, backValues));
        Assert.Equal(keys, backKeys.Order());
        Assert.Equal(backKeys.Select(k => k * 3UL), backValues);
        Assert.Equal(new BatchResult(0, BatchStatus.End), map.LookupBatch(cursor, backKeys, backValues));

        var roomKeys = new uint[count + 1];
        var roomValues = new ulong[count + 1];
        Assert.Equal(new BatchResult(count, BatchStatus.End), map.LookupBatch(new BatchCursor(), roomKeys, roomValues));
        Assert.Equal(new BatchResult(count, BatchStatus.More), map.LookupAndDeleteBatch(backKeys, backValues));
        Assert.Equal(new BatchResult(0, BatchStatus.End), map.LookupAndDeleteBatch(backKeys, backValues));

        map.UpdateBatch(keys, values);
        map.DeleteBatch(keys);
        Assert.Empty(map);
    }

    [Fact]
    public void Enumerating_hides_batches_and_can_start_over()
    {
        using var lab = new Lab(cpus: 1);
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("m", 1 << 15);
        uint[] keys = [.. Enumerable.Range(0, 12_000).Select(i => (uint)i)];
        map.UpdateBatch(keys, [.. keys.Select(k => k + 1UL)]);
        int count = 0;
        foreach (KeyValuePair<uint, ulong> element in map)
        {
            Assert.Equal(element.Key + 1UL, element.Value);
            count++;
        }

        Assert.Equal(12_000, count);
        Assert.Equal(keys, map.Select(e => e.Key).Order());
        using ValueMapEnumerator<uint, ulong> enumerator = map.GetEnumerator();
        Assert.True(enumerator.MoveNext());
        uint first = enumerator.Current.Key;
        enumerator.Reset();
        Assert.True(enumerator.MoveNext());
        Assert.Equal(first, enumerator.Current.Key);
    }

    [Fact]
    public void An_element_that_fails_is_named_by_its_index_and_those_before_it_stay()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("stats", 16);
        map[3] = 0;
        BpfException exists = Assert.Throws<BpfException>(
            () => map.UpdateBatch([1, 2, 3, 4], [1, 2, 3, 4], EbpfMapOption.NoExist));
        Assert.Equal((Errno.EEXIST, 2), (exists.Errno, exists.Processed));
        Assert.Equal("map 'stats': BpfMap.UpdateBatch -> EEXIST", exists.Message);
        BpfException missing = Assert.Throws<BpfException>(() => map.DeleteBatch([1, 2, 9, 3]));
        Assert.Equal((Errno.ENOENT, 2), (missing.Errno, missing.Processed));
        Assert.Equal([3u], map.Select(e => e.Key));
    }

    [Fact]
    public void Spans_that_do_not_match_are_refused_before_anything_moves()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("stats", 16);
        BpfException refused = Assert.Throws<BpfException>(() => map.UpdateBatch([1, 2, 3], [1, 2]));
        Assert.Equal(("typed.values_length", 2L, 3L), (refused.Check!.Id, refused.Given, refused.Expected));
        Assert.Equal("map 'stats': values 2 given, expected 3 (keys.Length) [KS1411 typed.values_length] -> EINVAL", refused.Message);
        Assert.Throws<BpfException>(() => map.LookupBatch(new BatchCursor(), new uint[2], new ulong[1]));
        Assert.Throws<BpfException>(() => map.LookupAndDeleteBatch(new uint[2], new ulong[1]));
        Assert.Throws<ArgumentException>(() => map.LookupBatch(new BatchCursor(), [], []));
        map.UpdateBatch([], []);
        map.DeleteBatch([]);
        Assert.Empty(map);
    }

    [Fact]
    public void A_cursor_serves_one_map_until_it_is_reset()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("m", 16);
        using HashMap<ulong, ulong> other = session.CreateHashMap<ulong, ulong>("n", 16);
        map[1] = 1;
        other[2] = 2;
        var cursor = new BatchCursor();
        Assert.True(cursor.IsAtStart);
        Assert.Equal(1, map.LookupBatch(cursor, new uint[1], new ulong[1]).Count);
        Assert.False(cursor.IsAtStart);
        Assert.Throws<InvalidOperationException>(() => other.LookupBatch(cursor, new ulong[1], new ulong[1]));
        cursor.Reset();
        Assert.Equal(1, other.LookupBatch(cursor, new ulong[1], new ulong[1]).Count);
    }

    [Fact]
    public void A_cursor_finds_its_place_although_all_that_it_delivered_was_deleted()
    {
        using var lab = new Lab(cpus: 1);
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("m", 1024);
        uint[] all = [.. Enumerable.Range(0, 1000).Select(i => (uint)i)];
        map.UpdateBatch(all, new ulong[1000]);
        var cursor = new BatchCursor();
        var keys = new uint[10];
        var values = new ulong[10];
        var seen = new List<uint>();
        while (map.LookupBatch(cursor, keys, values) is { Count: > 0 } batch)
        {
            seen.AddRange(keys[..batch.Count]);
            map.DeleteBatch(keys.AsSpan(0, batch.Count));

            // An element that was inserted behind the cursor's place needs not come, but must not disturb.
            map[1_000_000 + (uint)seen.Count] = 1;
        }

        Assert.Equal(all, seen.Where(k => k < 1000).Order());
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(0, cursor.Restarts);
    }

    [Fact]
    public void An_element_that_fits_no_message_is_a_clear_error()
    {
        using var lab = new Lab(cpus: 1024);
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<uint, Block64> map = session.CreatePerCpuHashMap<uint, Block64>("wide", 16);
        Assert.Equal(0, map.ElementsPerMessage);
        foreach ((string check, Action call) in ((string, Action)[])[
            ("api.batch.record_fits", () => map.LookupBatch(new BatchCursor(), new uint[1], new Block64[1024])),
            ("api.batch.record_fits", () => map.UpdateBatch(new uint[1], new Block64[1024])),
            ("api.message_length", () => map.Set(1, map.NewValue())),
            ("api.value_fits", () => map.Find(1)),
            ("api.batch.record_fits", () => Enumerate(map))])
        {
            BpfException refused = Assert.Throws<BpfException>(call);
            Assert.Equal(check, refused.Check!.Id);
            Assert.StartsWith("map 'wide': ", refused.Message, StringComparison.Ordinal);
        }
    }

    private static void Enumerate(PerCpuHashMap<uint, Block64> map)
    {
        foreach (PerCpuEntry<uint, Block64> _ in map)
        {
            Assert.Fail("Nothing should come.");
        }
    }

    [System.Runtime.CompilerServices.InlineArray(8)]
    private struct Block64
    {
        private ulong _word;
    }
}
