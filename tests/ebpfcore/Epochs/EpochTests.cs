using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Epochs;

/// <summary>What a reader can still reach is not moved, reused or freed; what nobody can reach is.</summary>
public unsafe class EpochTests
{
    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.PercpuHash)]
    public void The_bytes_under_a_programs_pointer_stay_while_its_element_is_replaced_deleted_and_the_map_is_gone(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 2);
        TestMap map = machine.User.NewMap(type);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        Assert.Equal(EbpfResult.Success, machine.Driver.ReferenceMap(machine.User.Process, map.Handle, out EbpfMap? kernelMap));
        using ParkingPlace parking = new();
        byte[] before = [];
        byte[] after = [];
        HostThread program = HostThread.Run(() => machine.Driver.RunProgram(1, context =>
        {
            Span<byte> value = context.MapLookupElem(kernelMap!, map.Key(1));
            before = value.ToArray();
            parking.Park();
            after = value.ToArray();
        }));
        parking.WaitForArrival("the program to hold the value");

        for (int i = 0; i < 300; i++)
        {
            map.UpdateBatch(Enumerable.Range(0, 50).Select(k => (map.Key((uint)k), map.Value(k + i + 100)))).Expect(EbpfResult.Success);
        }

        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
        machine.User.Close(map.Handle).Expect(EbpfResult.Success);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        parking.Open();
        program.Join();
        kernelMap!.Dereference();
        Assert.Equal(8, before.Length);
        Assert.Equal(before, after);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.WaitingCount);
        Assert.Equal(0, machine.Driver.ObjectCount);
    }

    [Fact]
    public void A_programs_pointer_into_an_array_sees_updates_in_place()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.PercpuArray);
        Assert.Equal(EbpfResult.Success, machine.Driver.ReferenceMap(machine.User.Process, map.Handle, out EbpfMap? kernelMap));
        machine.Driver.RunProgram(1, context =>
        {
            byte* value = Lookup(context, kernelMap!, 3);
            *(ulong*)value = 41;
            *(ulong*)Lookup(context, kernelMap!, 3) += 1;
            Assert.Equal(42ul, *(ulong*)value);
        });
        kernelMap!.Dereference();
        Assert.Equal(42, map.Find(map.Key(3)).Tail(8)[8]);
    }

    /// <summary>Every type that holds values of its own.</summary>
    public static TheoryData<BpfMapType> Stores => [.. MapTypes.Built, .. MapTypes.Circular, BpfMapType.LpmTrie];

    [Theory]
    [MemberData(nameof(Stores))]
    public void An_idle_machine_has_nothing_waiting_a_second_after_a_busy_time(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 4);
        bool hasKeys = type is not (BpfMapType.Queue or BpfMapType.Stack);
        TestMap map = machine.User.NewMap(type, keySize: type == BpfMapType.LpmTrie ? 8u : hasKeys ? 4u : 0u);
        HostThreads.Run([.. Enumerable.Range(0, 4).Select(thread => (Action)(() =>
        {
            for (int i = 0; i < 300; i++)
            {
                byte[] key = hasKeys ? Key(type, (i + thread) % 40) : [];
                map.Update(key, map.Value(i));
                map.Find(key, delete: i % 3 == 0);
            }
        }))]);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.WaitingCount);
    }

    /// <summary>In a trie the first four bytes are the prefix length.</summary>
    private static byte[] Key(BpfMapType type, int number) =>
        type == BpfMapType.LpmTrie ? [32, 0, 0, 0, .. BitConverter.GetBytes(number)] : BitConverter.GetBytes(number);

    [Fact]
    public void What_waits_stays_bounded_while_a_program_updates_without_the_clock_moving()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash, maxEntries: 4096);
        for (int i = 0; i < 30; i++)
        {
            map.Fill(3000);
            Assert.InRange(machine.Driver.WaitingCount, 0, 4096 + 3000);
        }
    }

    [Fact]
    public void Large_values_do_not_wait_for_the_count()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash, valueSize: 32000);
        for (int i = 0; i < 200; i++)
        {
            map.Update(map.Key(1), map.Value(i)).Expect(EbpfResult.Success);
            Assert.InRange(machine.Driver.WaitingCount, 0, 64);
        }
    }

    [Fact]
    public void Memory_does_not_grow_while_the_same_elements_come_and_go()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash, maxEntries: 64);
        long settled = 0;
        for (int i = 0; i < 200; i++)
        {
            map.Fill(500);
            map.DeleteBatch(map.Keys()).Expect(EbpfResult.Success);
            machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
            if (i == 20)
            {
                settled = machine.Machine.Pool.BytesInUse;
            }
        }

        Assert.InRange(machine.Machine.Pool.BytesInUse, 0, settled + (256 << 10));
    }

    private static byte* Lookup(EbpfProgramContext context, EbpfMap map, uint key) => context.MapLookupElem(map, (byte*)&key);
}
