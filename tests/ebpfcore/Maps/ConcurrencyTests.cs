using System.Buffers.Binary;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Readers, writers and programs on the same map at once, a bounded number of times.</summary>
public class ConcurrencyTests
{
    private const int Keys = 97;
    private const int Rounds = 150;

    [Theory]
    [InlineData(BpfMapType.Hash, 4)]
    [InlineData(BpfMapType.Hash, 4096)]
    [InlineData(BpfMapType.PercpuHash, 64)]
    public void Readers_see_whole_values_of_the_key_they_belong_to_while_writers_come_and_go(BpfMapType type, uint hint)
    {
        using EbpfMachine machine = new(cpus: 4);
        TestMap map = machine.User.NewMap(type, valueSize: 24, maxEntries: hint);
        HostThreads.Run(
            () => Write(machine, map, 1),
            () => Write(machine, map, 2),
            () => Read(machine, map),
            () => Read(machine, map),
            () => Find(machine, map));
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.WaitingCount);
        List<(byte[] Key, byte[] Value)> left = map.Records(map.GetBatch(Keys + 1));
        Assert.Equal(map.Keys(), left.Select(r => r.Key));
    }

    [Fact]
    public void Counters_that_programs_keep_on_their_own_processors_lose_nothing()
    {
        const int cpus = 4;
        const int counts = 3000;
        using EbpfMachine machine = new(cpus);
        TestMap map = machine.User.NewMap(BpfMapType.PercpuArray, maxEntries: 8);
        Assert.Equal(EbpfResult.Success, machine.Driver.ReferenceMap(2, out EbpfMap? kernelMap));
        HostThreads.Run(
            [
                .. Enumerable.Range(0, cpus).Select(cpu => (Action)(() => Count(machine, kernelMap!, cpu, counts))),
                () => ReadMany(machine, map, 100),
            ]);
        byte[] value = map.Find(map.Key(5)).Expect(EbpfResult.Success).Tail(8);
        Assert.Equal(Enumerable.Repeat((ulong)counts, cpus), value.Chunk(8).Select(s => BitConverter.ToUInt64(s)));
        kernelMap!.Dereference();
    }

    [Fact]
    public void Finding_and_deleting_on_several_threads_gives_each_element_to_one_of_them()
    {
        using EbpfMachine machine = new(cpus: 4);
        TestMap map = machine.User.NewMap(BpfMapType.Hash, maxEntries: 256);
        map.Fill(1000);
        List<uint>[] taken = [[], [], []];
        HostThreads.Run([.. Enumerable.Range(0, 3).Select(t => (Action)(() =>
        {
            TestMap mine = Mine(machine, map);
            for (uint key = 0; key < 1000; key++)
            {
                if (mine.Find(mine.Key(key), delete: true).Status == NtStatus.Success)
                {
                    taken[t].Add(key);
                }
            }
        }))]);
        Assert.Equal(Enumerable.Range(0, 1000), taken.SelectMany(t => t).Select(k => (int)k).Order());
        Assert.Empty(map.Keys());
    }

    [Fact]
    public void Maps_are_created_and_closed_on_several_threads_at_once()
    {
        using EbpfMachine machine = new(cpus: 4);
        HostThreads.Run([.. Enumerable.Range(0, 4).Select(t => (Action)(() =>
        {
            EbpfUser user = machine.NewUser();
            for (int i = 0; i < 60; i++)
            {
                TestMap map = user.NewMap(i % 2 == 0 ? BpfMapType.Hash : BpfMapType.PercpuArray, maxEntries: 16);
                map.Fill(10);
                user.Close(map.Handle).Expect(EbpfResult.Success);
            }
        }))]);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.ObjectCount);
    }

    private static void Write(EbpfMachine machine, TestMap shared, int seed)
    {
        TestMap map = Mine(machine, shared);
        for (int round = 0; round < Rounds; round++)
        {
            List<uint> keys = [.. Enumerable.Range(0, 40).Select(i => (uint)(((round * 7) + (i * seed)) % Keys)).Distinct()];
            map.UpdateBatch(keys.Select(k => (map.Key(k), Stamp(map, k, round)))).Expect(EbpfResult.Success);
            foreach (uint key in keys.Where(k => k % 3 == (uint)seed))
            {
                map.Delete(map.Key(key));
            }
        }
    }

    private static void Read(EbpfMachine machine, TestMap shared)
    {
        TestMap map = Mine(machine, shared);
        for (int round = 0; round < Rounds; round++)
        {
            Answer answer = map.GetBatch(Keys);
            if (answer.Status == NtStatus.Success)
            {
                foreach ((byte[] key, byte[] value) in map.Records(answer))
                {
                    CheckStamp(key, value);
                }
            }
            else
            {
                // The last key of a chunk was deleted before the next was read, or the map was empty.
                Assert.Contains(answer.Status, (NtStatus[])[NtStatus.NotFound, NtStatus.NoMoreMatches]);
            }
        }
    }

    private static void Find(EbpfMachine machine, TestMap shared)
    {
        TestMap map = Mine(machine, shared);
        for (int round = 0; round < Rounds * 4; round++)
        {
            byte[] key = map.Key((uint)(round % Keys));
            Answer answer = map.Find(key);
            if (answer.Status == NtStatus.Success)
            {
                CheckStamp(key, answer.Tail(8));
            }
        }
    }

    private static void ReadMany(EbpfMachine machine, TestMap shared, int times)
    {
        TestMap map = Mine(machine, shared);
        ulong[] last = new ulong[4];
        for (int i = 0; i < times; i++)
        {
            ulong[] now = [.. map.Find(map.Key(5)).Expect(EbpfResult.Success).Tail(8).Chunk(8).Select(s => BitConverter.ToUInt64(s))];
            Assert.All(now.Zip(last), pair => Assert.True(pair.First >= pair.Second));
            last = now;
        }
    }

    private static unsafe void Count(EbpfMachine machine, EbpfMap map, int cpu, int counts)
    {
        for (int i = 0; i < counts; i++)
        {
            machine.Driver.RunProgram(cpu, context =>
            {
                uint key = 5;
                *(ulong*)context.MapLookupElem(map, (byte*)&key) += 1;
            });
        }
    }

    /// <summary>The same map through a device handle of this thread's own: synchronous handles serve one call at a time.</summary>
    private static TestMap Mine(EbpfMachine machine, TestMap map) =>
        new(new EbpfUser(machine.User.Process), map.Handle, (uint)map.KeySize, map.Layout);

    /// <summary>A value of which every 8 bytes say key and round.</summary>
    private static byte[] Stamp(TestMap map, uint key, int round)
    {
        byte[] value = new byte[map.ValueBytes];
        for (int i = 0; i < value.Length; i += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(value.AsSpan(i), ((ulong)key << 32) | (uint)round);
        }

        return value;
    }

    private static void CheckStamp(byte[] key, byte[] value)
    {
        ulong first = BitConverter.ToUInt64(value);
        Assert.Equal(TestMap.Number(key), (uint)(first >> 32));
        Assert.All(value.Chunk(8), slot => Assert.Equal(first, BitConverter.ToUInt64(slot)));
    }
}
