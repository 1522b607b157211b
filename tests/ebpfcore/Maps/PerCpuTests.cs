using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Tests.Maps;

public class PerCpuTests
{
    public static TheoryData<BpfMapType, uint> TypesAndSizes
    {
        get
        {
            TheoryData<BpfMapType, uint> data = [];
            foreach (BpfMapType type in (BpfMapType[])[BpfMapType.PercpuHash, BpfMapType.PercpuArray])
            {
                for (uint size = 1; size <= 17; size++)
                {
                    data.Add(type, size);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(TypesAndSizes))]
    public void Every_slot_is_padded_to_eight_bytes_and_padding_travels_as_it_is(BpfMapType type, uint valueSize)
    {
        const int cpus = 3;
        using EbpfMachine machine = new(cpus);
        TestMap map = machine.User.NewMap(type, valueSize: valueSize);
        int stride = ((int)valueSize + 7) / 8 * 8;
        Assert.Equal(stride * cpus, map.ValueBytes);
        map.Find(map.Key(1), room: (int)valueSize * cpus == map.ValueBytes ? 1 : (int)valueSize * cpus)
            .ExpectRefusal(CheckTable.MapFindValueSize, (int)valueSize * cpus == map.ValueBytes ? 1 : (int)valueSize * cpus, map.ValueBytes);

        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(1), map.Find(map.Key(1)).Tail(8));
        Assert.Equal(map.Value(1), map.Records(map.GetBatch(100)).Single(r => TestMap.Number(r.Key) == 1).Value);
    }

    [Theory]
    [MemberData(nameof(TypesAndSizes))]
    public void A_program_reaches_the_slot_of_its_own_processor_and_not_its_padding(BpfMapType type, uint valueSize)
    {
        const int cpus = 3;
        using EbpfMachine machine = new(cpus);
        TestMap map = machine.User.NewMap(type, valueSize: valueSize);
        Assert.Equal(EbpfResult.Success, machine.Driver.ReferenceMap(machine.User.Process, map.Handle, out EbpfMap? kernelMap));
        byte[] value = map.Value(5);
        map.Update(map.Key(1), value).Expect(EbpfResult.Success);
        byte[] written = [.. Enumerable.Repeat((byte)0xEE, (int)valueSize)];
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            int slot = cpu * (int)map.Layout.Stride;
            byte[]? seen = null;
            machine.Driver.RunProgram(cpu, context =>
            {
                seen = context.MapLookupElem(kernelMap!, map.Key(1)).ToArray();
                Assert.Equal(0, context.MapUpdateElem(kernelMap!, map.Key(1), written));
            });
            Assert.Equal(value[slot..(slot + (int)valueSize)], seen);
            written.CopyTo(value, slot);
            Assert.Equal(value, map.Find(map.Key(1)).Tail(8));
        }

        kernelMap!.Dereference();
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1024)]
    public void A_machine_of_many_processors_has_a_slot_for_each(int cpus)
    {
        using EbpfMachine machine = new(cpus);
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash, valueSize: 5);
        Assert.Equal(cpus * 8, map.ValueBytes);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        Assert.Equal(EbpfResult.Success, machine.Driver.ReferenceMap(machine.User.Process, map.Handle, out EbpfMap? kernelMap));
        byte[] value = map.Value(1);
        foreach (int cpu in (int[])[0, 1, cpus / 2, cpus - 1])
        {
            machine.Driver.RunProgram(cpu, context => context.MapUpdateElem(kernelMap!, map.Key(1), [1, 2, 3, 4, (byte)cpu]));
            new byte[] { 1, 2, 3, 4, (byte)cpu }.CopyTo(value, cpu * 8);
        }

        Assert.Equal(value, map.Find(map.Key(1)).Tail(8));
        map.Find(map.Key(1), room: 8).ExpectRefusal(CheckTable.MapFindValueSize, 8, cpus * 8);
        kernelMap!.Dereference();
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_machine_of_1024_processors_frees_what_was_replaced_on_a_thread_with_a_small_stack()
    {
        using EbpfMachine machine = new(cpus: 1024);
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash);
        HostThread small = HostThread.Run(
            () =>
            {
                map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
                map.Update(map.Key(1), map.Value(2)).Expect(EbpfResult.Success);
                machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
            },
            maxStackSize: 256 * 1024);
        small.Join();
        Assert.Equal(0, machine.Driver.WaitingCount);
    }
}
