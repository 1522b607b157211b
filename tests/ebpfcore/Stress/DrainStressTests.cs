using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Stress;

/// <summary>Several threads empty a map from its start while others fill it.</summary>
public class DrainStressTests
{
    private const int Cpus = 3;
    private const uint PerFiller = 3000;

    [Theory]
    [InlineData(BpfMapType.Hash, 64u)]
    [InlineData(BpfMapType.Hash, 8192u)]
    [InlineData(BpfMapType.PercpuHash, 1024u)]
    public void Each_element_is_taken_by_one_of_those_who_empty_the_map(BpfMapType type, uint maxEntries)
    {
        using EbpfMachine machine = new(Cpus);
        TestMap map = machine.User.NewMap(type, maxEntries: maxEntries);
        int filling = 2;
        List<uint>[] taken = [[], [], []];
        HostThreads.Run(
            () => Fill(Mine(machine, map), 0, ref filling),
            () => Fill(Mine(machine, map), PerFiller, ref filling),
            () => TakeMany(Mine(machine, map), taken[0], () => Volatile.Read(ref filling) == 0),
            () => TakeMany(Mine(machine, map), taken[1], () => Volatile.Read(ref filling) == 0),
            () => TakeSingly(Mine(machine, map), taken[2], () => Volatile.Read(ref filling) == 0));
        Assert.Equal(Enumerable.Range(0, 2 * (int)PerFiller).Select(i => (uint)i), taken.SelectMany(t => t).Order());
        Assert.Empty(map.Keys());
    }

    /// <summary>Every key that a thread inserted, that thread then finds from the start of the map, unless it was taken.</summary>
    [Fact]
    public void An_element_that_was_inserted_is_found_from_the_start_while_others_pass_over_empty_buckets()
    {
        using EbpfMachine machine = new(Cpus);
        TestMap map = machine.User.NewMap(BpfMapType.Hash, maxEntries: 512);
        int running = 1;
        HostThreads.Run(
            () =>
            {
                TestMap mine = Mine(machine, map);
                for (uint i = 0; i < 4000; i++)
                {
                    mine.Update(mine.Key(i), mine.Value(1)).Expect(EbpfResult.Success);
                    Assert.Equal([mine.Key(i)], mine.Records(mine.GetBatch(2)).Select(r => r.Key));
                    mine.Delete(mine.Key(i)).Expect(EbpfResult.Success);
                }

                Volatile.Write(ref running, 0);
            },
            () => Look(Mine(machine, map), () => Volatile.Read(ref running) == 0),
            () => Look(Mine(machine, map), () => Volatile.Read(ref running) == 0));
    }

    private static void Look(TestMap map, Func<bool> isOver)
    {
        while (!isOver())
        {
            map.NextKey([]);
            map.GetBatch(10);
        }
    }

    /// <summary>The same map through a device handle of this thread's own.</summary>
    private static TestMap Mine(EbpfMachine machine, TestMap map) =>
        new(new EbpfUser(machine.User.Process), map.Handle, (uint)map.KeySize, map.Layout);

    private static void Fill(TestMap map, uint first, ref int filling)
    {
        for (uint i = first; i < first + PerFiller; i += 10)
        {
            map.UpdateBatch(Enumerable.Range((int)i, 10).Select(n => (map.Key((uint)n), map.Value(n)))).Expect(EbpfResult.Success);
        }

        Interlocked.Decrement(ref filling);
    }

    private static void TakeMany(TestMap map, List<uint> taken, Func<bool> isOver)
    {
        for (int i = 0; ; i++)
        {
            bool last = isOver();
            Answer answer = map.GetBatch(1 + (i % 90), delete: true);
            if (answer.Status == NtStatus.Success)
            {
                taken.AddRange(map.Records(answer).Select(r => TestMap.Number(r.Key)));
            }
            else if (last)
            {
                return;
            }
        }
    }

    private static void TakeSingly(TestMap map, List<uint> taken, Func<bool> isOver)
    {
        while (true)
        {
            bool last = isOver();
            Answer next = map.NextKey([]);
            if (next.Status != NtStatus.Success)
            {
                if (last)
                {
                    return;
                }

                continue;
            }

            byte[] key = next.Tail(16);
            if (map.Delete(key).Status == NtStatus.Success)
            {
                taken.Add(TestMap.Number(key));
            }
        }
    }
}
