using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Stress;

/// <summary>Programs on all processors put elements in, and user mode takes them out: each comes out once.</summary>
public class EveryElementOnceTests
{
    private const int Cpus = 3;
    private const int PerCpu = 1000;
    private const int PerRun = 25;

    [Theory]
    [InlineData(BpfMapType.Hash, 4u, 1u)]
    [InlineData(BpfMapType.Hash, 8u, 16u)]
    [InlineData(BpfMapType.Hash, 13u, 4096u)]
    [InlineData(BpfMapType.PercpuHash, 4u, 3u)]
    [InlineData(BpfMapType.PercpuHash, 8u, 1024u)]
    [InlineData(BpfMapType.LruHash, 4u, 1u << 13)]
    [InlineData(BpfMapType.LruPercpuHash, 12u, 1u << 13)]
    [InlineData(BpfMapType.LpmTrie, 8u, 64u)]
    public void What_programs_insert_while_user_mode_reads_and_deletes_comes_out_exactly_once(BpfMapType type, uint keySize, uint maxEntries)
    {
        using EbpfMachine machine = new(Cpus);
        TestMap map = machine.User.NewMap(type, keySize, maxEntries: maxEntries);
        using ProgramMap program = new(machine, map);
        int inserting = Cpus;
        List<(uint Key, byte[] Value)> taken = [];
        HostThreads.Run(
        [
            .. Enumerable.Range(0, Cpus).Select(cpu => (Action)(() =>
            {
                try
                {
                    for (uint first = 0; first < PerCpu; first += PerRun)
                    {
                        machine.Driver.RunProgram(cpu, context => Insert(context, map, type, program.Kernel, cpu, first));
                    }
                }
                finally
                {
                    Interlocked.Decrement(ref inserting);
                }
            })),
            () => Take(map, type, taken, () => Volatile.Read(ref inserting) == 0),
        ]);
        Assert.Equal(Enumerable.Range(0, Cpus * PerCpu).Select(i => (uint)i), taken.Select(t => t.Key).Order());
        foreach ((uint key, byte[] value) in taken)
        {
            // The program's own slot; it may have been taken before that was written, but the others are always zero.
            int slot = map.Layout.IsPerCpu ? (int)(key % Cpus) * 8 : 0;
            Assert.True(BitConverter.ToUInt64(value, slot) == key || (map.Layout.IsPerCpu && BitConverter.ToUInt64(value, slot) == 0));
            Assert.All(value.Where((_, at) => at < slot || at >= slot + 8), b => Assert.Equal(0, b));
        }

        Assert.Empty(map.Keys());
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.WaitingCount);
    }

    private static void Insert(EbpfProgramContext context, TestMap map, BpfMapType type, EbpfMap kernel, int cpu, uint first)
    {
        for (uint i = first; i < first + PerRun; i++)
        {
            uint number = (i * Cpus) + (uint)cpu;
            int result = context.MapUpdateElem(kernel, Key(map, type, number), BitConverter.GetBytes((ulong)number), flags: 1);

            // A per-CPU element may be taken before its slot is written: upstream tells that as a lack of memory.
            Assert.True(result == 0 || (map.Layout.IsPerCpu && result == -(int)EbpfResult.NoMemory));
        }
    }

    /// <summary>In a trie all keys have full length, and bits of their own.</summary>
    private static byte[] Key(TestMap map, BpfMapType type, uint number) =>
        type == BpfMapType.LpmTrie ? [32, 0, 0, 0, .. BitConverter.GetBytes(number)] : map.Key(number);

    private static void Take(TestMap map, BpfMapType type, List<(uint Key, byte[] Value)> taken, Func<bool> isOver)
    {
        bool over = false;
        for (int i = 0; ; i++)
        {
            Answer answer = map.GetBatch(1 + (i % 200), delete: true);
            if (answer.Status == NtStatus.Success)
            {
                taken.AddRange(map.Records(answer).Select(r => (TestMap.Number(type == BpfMapType.LpmTrie ? r.Key[4..] : r.Key), r.Value)));
                continue;
            }

            answer.Expect(EbpfResult.NoMoreKeys);
            if (over)
            {
                return;
            }

            // Empty after the last insertion: once more, for what came between the look and the question.
            over = isOver();
        }
    }
}
