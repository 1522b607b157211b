using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Maps;

public class LruMapTests
{
    [Fact]
    public void A_full_map_makes_room_for_every_new_key()
    {
        using var lab = new Lab(cpus: 1);
        using var session = new BpfSession(lab.Process.Gate);
        using LruHashMap<uint, ulong> map = session.CreateLruHashMap<uint, ulong>("recent", 100);
        for (uint key = 0; key < 250; key++)
        {
            map[key] = key * 2UL;
        }

        Assert.Equal(Enumerable.Range(150, 100).Select(k => (uint)k), map.Select(e => e.Key).Order());
        Assert.All(map, e => Assert.Equal(e.Key * 2UL, e.Value));
        Assert.False(map.TryAdd(200, 1));
        Assert.False(map.TryReplace(1, 1));
        Assert.True(map.TryTake(200, out ulong taken));
        Assert.Equal(400UL, taken);
        Assert.Equal(99, map.Count());
    }

    [Fact]
    public void Reading_saves_no_key_and_writing_does()
    {
        using var lab = new Lab(cpus: 1);
        using var session = new BpfSession(lab.Process.Gate);
        using LruHashMap<uint, ulong> map = session.CreateLruHashMap<uint, ulong>("recent", 10);
        for (uint key = 0; key < 10; key++)
        {
            map[key] = key;
        }

        Assert.Equal(0UL, map[0]);
        Assert.Equal(10, map.Count());
        map[1] = 100;
        map[10] = 10;
        map[11] = 11;
        Assert.Equal((uint[])[1, 3, 4, 5, 6, 7, 8, 9, 10, 11], map.Select(e => e.Key).Order());
    }

    [Fact]
    public void Batches_of_more_than_the_map_holds_go_in()
    {
        using var lab = new Lab(cpus: 1);
        using var session = new BpfSession(lab.Process.Gate);
        using LruHashMap<uint, ulong> map = session.CreateLruHashMap<uint, ulong>("recent", 50);
        uint[] keys = [.. Enumerable.Range(0, 12_000).Select(k => (uint)k)];
        map.UpdateBatch(keys, [.. keys.Select(k => (ulong)k)]);
        var left = new uint[100];
        BatchResult result = map.LookupAndDeleteBatch(left, new ulong[100]);
        Assert.Equal((50, BatchStatus.End), (result.Count, result.Status));
        Assert.Equal(keys[^50..], left[..50].Order());
        Assert.Empty(map);
    }

    [Fact]
    public void A_per_cpu_map_makes_room_too()
    {
        using var lab = new Lab(cpus: 3);
        using var session = new BpfSession(lab.Process.Gate);
        using LruPerCpuHashMap<uint, Twelve> map = session.CreateLruPerCpuHashMap<uint, Twelve>("recent", 20);
        uint[] keys = [.. Enumerable.Range(0, 60).Select(k => (uint)k)];
        map.UpdateBatch(keys, [.. keys.SelectMany(k => Enumerable.Repeat(new Twelve { Bytes = k }, 3))]);
        int seen = 0;
        foreach (PerCpuEntry<uint, Twelve> entry in map)
        {
            seen++;
            foreach (Twelve value in entry.Values)
            {
                Assert.Equal(entry.Key, value.Bytes);
            }
        }

        Assert.Equal(20, seen);
        using LruPerCpuHashMap<uint, Twelve> again = session.OpenLruPerCpuHashMap<uint, Twelve>(2);
        Assert.Equal(BpfMapType.LruPercpuHash, again.Type);
    }

    [Fact]
    public void An_lru_map_is_opened_as_one_and_not_as_another()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using LruHashMap<uint, ulong> map = session.CreateLruHashMap<uint, ulong>("recent", 10);
        BpfException refused = Assert.Throws<BpfException>(() => session.OpenHashMap<uint, ulong>(2));
        Assert.Equal(("typed.open.type", 1L, 8L), (refused.Check!.Id, refused.Given, refused.Expected));
        map[1] = 5;
        using LruHashMap<uint, ulong> again = session.OpenLruHashMap<uint, ulong>(2);
        Assert.Equal(5UL, again[1]);
    }
}
