using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>What a full LRU map throws out, and what counts as a use.</summary>
public class LruTests
{
    private const int Limit = 20;

    /// <summary>What is done with the oldest key, by whom, and whether that saves it from being the next to go.</summary>
    public static TheoryData<BpfMapType, string, bool> Uses
    {
        get
        {
            TheoryData<BpfMapType, string, bool> rows = [];
            foreach (BpfMapType type in (BpfMapType[])[BpfMapType.LruHash, BpfMapType.LruPercpuHash])
            {
                rows.Add(type, "nothing", false);
                rows.Add(type, "user find", false);
                rows.Add(type, "user next key", false);
                rows.Add(type, "user batch get", false);
                rows.Add(type, "user update", true);
                rows.Add(type, "user update batch", true);
                rows.Add(type, "user update that fails", false);
                rows.Add(type, "program lookup", true);
                rows.Add(type, "program update", type == BpfMapType.LruHash);
                rows.Add(type, "program lookup that finds nothing", false);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(MapTypes.Lru), MemberType = typeof(MapTypes))]
    public void One_more_than_a_map_holds_throws_the_first_out(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 1);
        TestMap map = machine.User.NewMap(type, maxEntries: 512);
        for (uint key = 0; key <= 512; key++)
        {
            map.Update(map.Key(key), map.Value((int)key)).Expect(EbpfResult.Success);
        }

        map.Find(map.Key(0)).Expect(EbpfResult.ObjectNotFound);
        Assert.Equal(Enumerable.Range(1, 512), Numbers(map));
        for (uint key = 1; key <= 512; key++)
        {
            Assert.Equal(map.Value((int)key), map.Find(map.Key(key)).Expect(EbpfResult.Success).Tail(8));
        }
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void What_was_used_last_stays_and_only_what_is_a_use_counts(BpfMapType type, string use, bool saves)
    {
        using EbpfMachine machine = new(cpus: 1);
        TestMap map = machine.User.NewMap(type, maxEntries: Limit);
        using ProgramMap program = new(machine, map);
        map.Fill(Limit);
        byte[] oldest = map.Key(0);
        byte[] slot = map.Value(9)[..8];
        switch (use)
        {
            case "user find":
                map.Find(oldest).Expect(EbpfResult.Success);
                break;
            case "user next key":
                map.Keys();
                break;
            case "user batch get":
                map.Records(map.GetBatch(Limit));
                break;
            case "user update":
                map.Update(oldest, map.Value(9)).Expect(EbpfResult.Success);
                break;
            case "user update batch":
                map.UpdateBatch([(oldest, map.Value(9))]).Expect(EbpfResult.Success);
                break;
            case "user update that fails":
                map.Update(oldest, map.Value(9), EbpfMapOption.NoExist).Expect(EbpfResult.ObjectAlreadyExists);
                break;
            case "program lookup":
                Assert.NotNull(program.Lookup(0, oldest));
                break;
            case "program update":
                Assert.Equal(0, program.Update(0, oldest, slot));
                break;
            case "program lookup that finds nothing":
                Assert.Null(program.Lookup(0, map.Key(1000)));
                break;
        }

        map.Update(map.Key(1000), map.Value(1)).Expect(EbpfResult.Success);
        Assert.Equal(saves, map.Find(oldest).Status == NtStatus.Success);
        Assert.Equal(!saves, map.Find(map.Key(1)).Status == NtStatus.Success);
        Assert.Equal(Limit, map.Keys().Count);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Lru), MemberType = typeof(MapTypes))]
    public void An_update_that_is_refused_throws_nothing_out(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 1);
        TestMap map = machine.User.NewMap(type, maxEntries: Limit);
        map.Fill(Limit);
        for (int i = 0; i < 100; i++)
        {
            map.Update(map.Key(1000), map.Value(1), EbpfMapOption.Exist).Expect(EbpfResult.KeyNotFound);
            map.Update(map.Key(7), map.Value(1), EbpfMapOption.NoExist).Expect(EbpfResult.ObjectAlreadyExists);
            map.Update(map.Key(1000), map.Value(1), (EbpfMapOption)3).Expect(EbpfResult.InvalidArgument);
        }

        Assert.Equal(Enumerable.Range(0, Limit), Numbers(map));
        map.Update(map.Key(1000), map.Value(1), EbpfMapOption.NoExist).Expect(EbpfResult.Success);
        Assert.Equal(Enumerable.Range(1, Limit - 1).Append(1000), Numbers(map));
    }

    [Theory]
    [InlineData(BpfMapType.LruHash, false, 0)]
    [InlineData(BpfMapType.LruHash, true, 1)]
    [InlineData(BpfMapType.LruPercpuHash, true, 1)]
    public void An_update_that_is_refused_counts_for_the_generations_as_if_it_had_come(BpfMapType type, bool refused, uint evicted)
    {
        // Generations of two: without the refusal both keys are of the current one, and looking one up says nothing.
        using EbpfMachine machine = new(cpus: 1);
        TestMap map = machine.User.NewMap(type, maxEntries: Limit);
        using ProgramMap program = new(machine, map);
        map.Fill(2);
        if (refused)
        {
            map.Update(map.Key(0), map.Value(5), EbpfMapOption.NoExist).Expect(EbpfResult.ObjectAlreadyExists);
        }

        Assert.NotNull(program.Lookup(0, map.Key(0)));
        for (uint key = 2; key <= Limit; key++)
        {
            map.Update(map.Key(key), map.Value(1)).Expect(EbpfResult.Success);
        }

        map.Find(map.Key(evicted)).Expect(EbpfResult.ObjectNotFound);
        Assert.Equal(Limit, map.Keys().Count);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Lru), MemberType = typeof(MapTypes))]
    public void A_batch_may_be_longer_than_the_map(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 1);
        TestMap map = machine.User.NewMap(type, maxEntries: Limit);
        map.Fill(300);
        Assert.Equal(Enumerable.Range(300 - Limit, Limit), Numbers(map));
        Assert.All(map.Records(map.GetBatch(Limit)), r => Assert.Equal(map.Value((int)TestMap.Number(r.Key)), r.Value));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Lru), MemberType = typeof(MapTypes))]
    public void Deleted_entries_make_room(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 1);
        TestMap map = machine.User.NewMap(type, maxEntries: Limit);
        using ProgramMap program = new(machine, map);
        map.Fill(Limit);
        map.Delete(map.Key(5)).Expect(EbpfResult.Success);
        map.Find(map.Key(6), delete: true).Expect(EbpfResult.Success);
        map.DeleteBatch([map.Key(7), map.Key(8)]).Expect(EbpfResult.Success);
        Assert.Equal(0, program.Delete(0, map.Key(9)));
        Assert.NotNull(program.Lookup(0, map.Key(10), delete: true));
        for (uint key = 100; key < 106; key++)
        {
            map.Update(map.Key(key), map.Value(1)).Expect(EbpfResult.Success);
        }

        Assert.Equal([0, 1, 2, 3, 4, 11, 12, 13, 14, 15, 16, 17, 18, 19, 100, 101, 102, 103, 104, 105], Numbers(map));
        Assert.Equal(Limit, map.Records(map.GetBatch(Limit, delete: true)).Count);
        Assert.Empty(map.Keys());
        map.Fill(Limit);
        Assert.Equal(Enumerable.Range(0, Limit), Numbers(map));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(9)]
    public void A_map_smaller_than_the_machine_never_runs_out_of_victims(uint maxEntries)
    {
        const int cpus = 9;
        using EbpfMachine machine = new(cpus);
        TestMap map = machine.User.NewMap(BpfMapType.LruHash, maxEntries: maxEntries);
        using ProgramMap program = new(machine, map);
        for (uint key = 0; key < 200; key++)
        {
            Assert.Equal(0, program.Update((int)key % cpus, map.Key(key), map.Value((int)key)));
            Assert.Equal(map.Value((int)key), program.Lookup((int)(key + 1) % cpus, map.Key(key)));
            Assert.Equal(Math.Min(key + 1, maxEntries), (uint)map.Keys().Count);
        }
    }

    [Fact]
    public void A_use_on_another_processor_saves_a_key_that_is_cold_on_its_own()
    {
        using EbpfMachine machine = new(cpus: 2);
        TestMap map = machine.User.NewMap(BpfMapType.LruHash, maxEntries: Limit);
        using ProgramMap program = new(machine, map);
        for (uint key = 0; key < Limit; key++)
        {
            program.Update(0, map.Key(key), map.Value(1));
        }

        machine.Machine.Clock.Advance(TimeSpan.FromTicks(100));
        Assert.NotNull(program.Lookup(1, map.Key(0)));
        program.Update(0, map.Key(1000), map.Value(1));
        Assert.Equal([0, .. Enumerable.Range(2, Limit - 2), 1000], Numbers(map));
    }

    [Fact]
    public void What_a_program_looked_at_keeps_its_bytes_after_its_eviction_until_the_program_ends()
    {
        using EbpfMachine machine = new(cpus: 1);
        TestMap map = machine.User.NewMap(BpfMapType.LruHash, maxEntries: 1);
        using ProgramMap program = new(machine, map);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        machine.Driver.RunProgram(0, context =>
        {
            Span<byte> seen = context.MapLookupElem(program.Kernel, map.Key(1));
            for (uint key = 2; key < 50; key++)
            {
                Assert.Equal(0, context.MapUpdateElem(program.Kernel, map.Key(key), map.Value((int)key)));
            }

            Assert.True(context.MapLookupElem(program.Kernel, map.Key(1)).IsEmpty);
            Assert.Equal(map.Value(1), seen.ToArray());
        });
    }

    [Fact]
    public void A_program_inserts_zeros_for_the_other_processors_into_a_full_per_cpu_map()
    {
        using EbpfMachine machine = new(cpus: 3);
        TestMap map = machine.User.NewMap(BpfMapType.LruPercpuHash, maxEntries: 2);
        using ProgramMap program = new(machine, map);
        map.Fill(2);
        byte[] slot = [1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal(0, program.Update(1, map.Key(10), slot));
        Assert.Equal([.. new byte[8], .. slot, .. new byte[8]], map.Find(map.Key(10)).Expect(EbpfResult.Success).Tail(8));
        Assert.Equal(slot, program.Lookup(1, map.Key(10)));
        Assert.Equal(new byte[8], program.Lookup(2, map.Key(10)));
        Assert.Equal(2, map.Keys().Count);
    }

    [Fact]
    public void The_same_machine_evicts_the_same_keys_again()
    {
        Assert.Equal(Run(), Run());

        static List<int> Run()
        {
            using EbpfMachine machine = new(cpus: 3);
            TestMap map = machine.User.NewMap(BpfMapType.LruHash, maxEntries: 30);
            using ProgramMap program = new(machine, map);
            Random random = new(7);
            for (int i = 0; i < 2000; i++)
            {
                int cpu = random.Next(3);
                byte[] key = map.Key((uint)random.Next(60));
                _ = random.Next(2) == 0 ? program.Update(cpu, key, map.Value(1)) : program.Lookup(cpu, key)?.Length;
            }

            return [.. Numbers(map)];
        }
    }

    [Fact]
    public void A_map_without_memory_for_its_history_or_buckets_is_not_created()
    {
        using EbpfMachine machine = new(machine: new MachineOptions { PoolLimit = 1 << 20 });
        EbpfMapDefinition definition = new() { Type = BpfMapType.LruHash, KeySize = 4, ValueSize = 8, MaxEntries = 1 << 20 };
        machine.User.CreateMap(definition).ExpectMemoryRefused(1 << 20);
    }

    private static IEnumerable<int> Numbers(TestMap map) => map.Keys().Select(k => (int)TestMap.Number(k)).Order();
}
