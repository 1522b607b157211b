using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Stress;

/// <summary>
/// Programs on all processors and several processes on one map that evicts, matches prefixes or queues. Whatever they do to each other, what is
/// read was written, limits hold, and nothing is left behind.
/// </summary>
public class EvictionStressTests
{
    private const int Cpus = 4;
    private const int Rounds = 4000;

    [Theory]
    [InlineData(BpfMapType.LruHash, 1u)]
    [InlineData(BpfMapType.LruHash, 3u)]
    [InlineData(BpfMapType.LruHash, 100u)]
    [InlineData(BpfMapType.LruPercpuHash, 2u)]
    [InlineData(BpfMapType.LruPercpuHash, 100u)]
    public void A_map_that_evicts_under_everybody_keeps_its_limit_and_its_values(BpfMapType type, uint maxEntries)
    {
        using EbpfMachine machine = new(Cpus);
        TestMap map = machine.User.NewMap(type, maxEntries: maxEntries);
        uint id = Id(machine, map);
        using ProgramMap program = new(machine, map);
        HostThreads.Run(
            [
                .. Enumerable.Range(0, Cpus).Select(cpu => (Action)(() => UseAsProgram(machine, program.Kernel, cpu, (int)maxEntries))),
                () => WriteInBatches(Open(machine, id, type), (int)maxEntries),
                () => ReadInBatches(Open(machine, id, type)),
            ]);

        // None is fine: whoever reads takes everything out every tenth time, and may have been last.
        Assert.InRange(map.Keys().Count, 0, (int)maxEntries);
        ExpectIdle(machine);

        // The history is as good as new: exactly the last ones stay.
        map.Fill((int)maxEntries * 3);
        Assert.Equal((int)maxEntries, map.Keys().Count);
    }

    [Fact]
    public void A_trie_is_read_by_programs_while_it_is_written_and_read_in_batches()
    {
        using EbpfMachine machine = new(Cpus);
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8, maxEntries: 16);
        uint id = Id(machine, map);
        using ProgramMap program = new(machine, map);
        map.Update(Prefix(0, 0), Value(map, 0)).Expect(EbpfResult.Success);
        HostThreads.Run(
            () => MatchAsProgram(machine, program.Kernel, 0),
            () => MatchAsProgram(machine, program.Kernel, 1),
            () => WriteAndDeletePrefixes(Open(machine, id, BpfMapType.LpmTrie, 8)),
            () => ReadInBatches(Open(machine, id, BpfMapType.LpmTrie, 8)));
        ExpectIdle(machine);
    }

    [Theory]
    [InlineData(BpfMapType.Queue, false)]
    [InlineData(BpfMapType.Queue, true)]
    [InlineData(BpfMapType.Stack, false)]
    [InlineData(BpfMapType.Stack, true)]
    public void Every_value_pushed_is_popped_once_or_dropped(BpfMapType type, bool drop)
    {
        using EbpfMachine machine = new(Cpus);
        TestMap map = machine.User.NewMap(type, keySize: 0, maxEntries: 50);
        uint id = Id(machine, map);
        using ProgramMap program = new(machine, map);
        long pushed = 0;
        long sum = 0;
        Dictionary<ulong, int>[] popped = [[], [], []];
        HostThreads.Run(
            () => Push(machine, program.Kernel, 0, drop, ref pushed, ref sum),
            () => Push(machine, program.Kernel, 1, drop, ref pushed, ref sum),
            () => Pop(machine, program.Kernel, 2, popped[0]),
            () => Pop(machine, program.Kernel, 3, popped[1]),
            () => PopAsUser(Open(machine, id, type, 0), popped[2]));
        PopAsUser(map, popped[2]);
        Assert.All(popped.SelectMany(p => p), p => Assert.Equal(1, p.Value));
        Assert.Equal(popped.Sum(p => p.Count), popped.SelectMany(p => p.Keys).Distinct().Count());
        if (!drop)
        {
            Assert.Equal(pushed, popped.Sum(p => p.Count));
            Assert.Equal(sum, popped.SelectMany(p => p.Keys).Sum(v => (long)v));
        }

        map.Find([]).Expect(EbpfResult.ObjectNotFound);
        ExpectIdle(machine);
    }

    /// <summary>A virtual second after the last use nothing waits for an epoch.</summary>
    private static void ExpectIdle(EbpfMachine machine)
    {
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.WaitingCount);
    }

    private static uint Id(EbpfMachine machine, TestMap map) =>
        MemoryMarshal.Read<BpfMapInfo>(machine.User.Info(map.Handle).Expect(EbpfResult.Success).Tail(12)).Id;

    private static TestMap Open(EbpfMachine machine, uint id, BpfMapType type, uint keySize = 4)
    {
        EbpfUser user = machine.NewUser();
        NtHandle handle = user.HandleById(EbpfOperationId.GetMapHandleById, id).Expect(EbpfResult.Success).As<GetHandleByIdReply>().Handle;
        Assert.True(PerCpuLayout.TryCreate(type, 8, Cpus, out PerCpuLayout layout));
        return new TestMap(user, handle, keySize, layout);
    }

    /// <summary>All slots say which key they belong to, or have never been written.</summary>
    private static byte[] Value(TestMap map, uint key)
    {
        byte[] value = new byte[map.ValueBytes];
        for (int at = 0; at < value.Length; at += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(value.AsSpan(at), Word(key));
        }

        return value;
    }

    private static ulong Word(uint key) => 0xABCD_0000_0000_0000 | key;

    private static void CheckValue(ReadOnlySpan<byte> value, uint key)
    {
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(value))
        {
            Assert.True(word == Word(key) || word == 0, $"{word:X} for {key}");
        }
    }

    private static byte[] Prefix(uint number, uint length)
    {
        byte[] key = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(key, length);
        BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(4), number);
        return key;
    }

    private static void UseAsProgram(EbpfMachine machine, EbpfMap map, int cpu, int maxEntries)
    {
        Random random = new(cpu);
        byte[] key = new byte[4];
        byte[] value = new byte[8];
        for (int i = 0; i < Rounds; i++)
        {
            uint number = (uint)random.Next(maxEntries * 2);
            int what = random.Next(10);
            BinaryPrimitives.WriteUInt32LittleEndian(key, number);
            BinaryPrimitives.WriteUInt64LittleEndian(value, Word(number));
            machine.Driver.RunProgram(cpu, context =>
            {
                Span<byte> found = context.MapLookupElem(map, key);
                CheckValue(found, number);
                if (what < 7)
                {
                    int result = context.MapUpdateElem(map, key, value);
                    Assert.True(result is 0 or -(int)EbpfResult.NoMemory);
                }
                else if (what == 7)
                {
                    context.MapDeleteElem(map, key);
                }

                CheckValue(found, number);
            });
        }
    }

    private static void WriteInBatches(TestMap map, int maxEntries)
    {
        for (int i = 0; i < Rounds / 20; i++)
        {
            map.UpdateBatch(Enumerable.Range(i, 40).Select(k => (uint)(k % (maxEntries * 2))).Select(k => (map.Key(k), Value(map, k))))
                .Expect(EbpfResult.Success);
        }
    }

    private static void ReadInBatches(TestMap map)
    {
        for (int i = 0; i < Rounds / 20; i++)
        {
            Answer answer = map.GetBatch(100, delete: i % 10 == 0);
            if (answer.Status == NtStatus.Success)
            {
                foreach ((byte[] key, byte[] value) in map.Records(answer))
                {
                    CheckValue(value, map.KeySize == 4 ? TestMap.Number(key) : BinaryPrimitives.ReadUInt32BigEndian(key.AsSpan(4)));
                }
            }
        }
    }

    private static void WriteAndDeletePrefixes(TestMap map)
    {
        for (uint i = 0; i < Rounds; i++)
        {
            uint length = 1 + (i % 32);
            uint number = (i * 2654435761u) & (uint)(uint.MaxValue << (int)(32 - length));
            map.Update(Prefix(number, length), Value(map, number)).Expect(EbpfResult.Success);
            if (i % 3 != 0)
            {
                map.Delete(Prefix(number, length));
            }
        }
    }

    private static void MatchAsProgram(EbpfMachine machine, EbpfMap map, int cpu)
    {
        Random random = new(cpu);
        for (int i = 0; i < Rounds; i++)
        {
            uint address = (uint)random.NextInt64(1L << 32);
            byte[] key = Prefix(address, 32);
            machine.Driver.RunProgram(cpu, context =>
            {
                Span<byte> found = context.MapLookupElem(map, key);
                if (!found.IsEmpty)
                {
                    // The bits of what was found that are 1 are the address's too.
                    uint route = (uint)BinaryPrimitives.ReadUInt64LittleEndian(found);
                    Assert.Equal(route, route & address);
                }
            });
        }
    }

    private static void Push(EbpfMachine machine, EbpfMap map, int cpu, bool drop, ref long pushed, ref long sum)
    {
        long done = 0;
        long added = 0;
        for (int i = 0; i < Rounds; i++)
        {
            long number = ((long)cpu << 32) | (uint)i;
            byte[] value = BitConverter.GetBytes(number);
            machine.Driver.RunProgram(cpu, context =>
            {
                if (context.MapPushElem(map, value, drop ? 2u : 0u) == 0)
                {
                    done++;
                    added += number;
                }
            });
        }

        Interlocked.Add(ref pushed, done);
        Interlocked.Add(ref sum, added);
    }

    private static void Pop(EbpfMachine machine, EbpfMap map, int cpu, Dictionary<ulong, int> popped)
    {
        byte[] value = new byte[8];
        for (int i = 0; i < Rounds; i++)
        {
            machine.Driver.RunProgram(cpu, context =>
            {
                if (context.MapPopElem(map, value) == 0)
                {
                    Count(popped, value);
                }
            });
        }
    }

    private static void PopAsUser(TestMap map, Dictionary<ulong, int> popped)
    {
        for (int i = 0; i < 500; i++)
        {
            Answer answer = map.Find([], delete: true);
            if (answer.Status == NtStatus.Success)
            {
                Count(popped, answer.Tail(8));
            }
        }
    }

    private static void Count(Dictionary<ulong, int> popped, byte[] value)
    {
        ulong number = BitConverter.ToUInt64(value);
        popped[number] = popped.GetValueOrDefault(number) + 1;
    }
}
