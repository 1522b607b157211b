using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Objects;

public class UnloadTests
{
    [Fact]
    public void The_driver_stays_while_handles_are_open_and_goes_when_they_are_closed()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash);
        map.Fill(30);
        machine.User.Pin(map.Handle, "pin"u8).Expect(EbpfResult.Success);
        Assert.Equal(NtStatus.InvalidDeviceState, machine.Machine.UnloadDriver(machine.DriverObject));
        Assert.Equal(map.Value(1), map.Find(map.Key(1)).Tail(8));
        Assert.Equal(NtStatus.Success, machine.User.Gate.NtClose(0, map.Handle));
        Assert.Equal(NtStatus.Success, machine.User.Gate.NtClose(0, machine.User.Device));
        Assert.Equal(NtStatus.Success, machine.Machine.UnloadDriver(machine.DriverObject));
        Assert.Equal(0, machine.Driver.ObjectCount);
        Assert.NotEqual(NtStatus.Success, machine.User.Open(out _));
    }

    [Fact]
    public void A_driver_loaded_again_starts_its_ids_afresh()
    {
        using EbpfMachine machine = new();
        machine.User.Close(machine.User.NewMap(BpfMapType.Hash).Handle).Expect(EbpfResult.Success);
        Assert.Equal(NtStatus.Success, machine.User.Gate.NtClose(0, machine.User.Device));
        Assert.Equal(NtStatus.Success, machine.Machine.UnloadDriver(machine.DriverObject));
        Assert.Equal(NtStatus.Success, machine.Machine.LoadDriver(machine.Driver, out _));
        EbpfUser user = machine.NewUser();
        user.NewMap(BpfMapType.Hash);
        Assert.Equal(2u, user.NextId(EbpfOperationId.GetNextMapId, 0).Expect(EbpfResult.Success).As<GetNextIdReply>().NextId);
    }

    [Fact]
    public void A_second_driver_on_the_machine_finds_the_device_taken()
    {
        using EbpfMachine machine = new();
        Assert.False(machine.Machine.LoadDriver(new EbpfCoreDriver(), out _).IsSuccess);
        machine.User.NewMap(BpfMapType.Hash);
    }

    [Fact]
    public void A_driver_image_serves_one_machine_at_a_time()
    {
        using EbpfMachine machine = new();
        using Machine other = Machine.Boot();
        Assert.Equal(NtStatus.ImageAlreadyLoaded, other.LoadDriver(machine.Driver, out _));
    }

    [Fact]
    public void A_machine_without_memory_for_the_driver_does_not_load_it()
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 64, PoolLimit = 40_000 });
        Assert.Equal(NtStatus.NoMemory, machine.LoadDriver(new EbpfCoreDriver(), out _));
        Assert.Empty(machine.Shutdown().Leaks);
    }

    [Fact]
    public void Two_machines_know_nothing_of_each_other()
    {
        using EbpfMachine one = new();
        using EbpfMachine two = new(cpus: 8);
        TestMap mapOfOne = one.User.NewMap(BpfMapType.PercpuHash);
        TestMap mapOfTwo = two.User.NewMap(BpfMapType.PercpuHash);
        mapOfOne.Fill(10);
        Assert.Equal(16, mapOfOne.ValueBytes);
        Assert.Equal(64, mapOfTwo.ValueBytes);
        Assert.Empty(mapOfTwo.Keys());
        one.User.Pin(mapOfOne.Handle, "x"u8).Expect(EbpfResult.Success);
        two.User.GetPinned("x"u8).Expect(EbpfResult.KeyNotFound);
        two.User.NextId(EbpfOperationId.GetNextMapId, 2).Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void The_same_seed_gives_the_same_order_of_keys_and_another_seed_another()
    {
        List<byte[]> Order(ulong seed)
        {
            using EbpfMachine machine = new(machine: new MachineOptions { Seed = seed });
            TestMap map = machine.User.NewMap(BpfMapType.Hash);
            map.Fill(40);
            return map.Keys();
        }

        Assert.Equal(Order(5), Order(5));
        Assert.NotEqual(Order(5), Order(6));
    }
}
