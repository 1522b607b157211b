using System.Text;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

public class CreationTests
{
    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void A_map_can_be_created_and_its_handle_closed(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, name: "counters");
        Assert.Equal(1, machine.Driver.ObjectCount);
        machine.User.Close(map.Handle).Expect(EbpfResult.Success);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.ObjectCount);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(0xFFFFFFFF)]
    public void A_type_that_does_not_exist_is_refused(uint type)
    {
        using EbpfMachine machine = new();
        machine.User.CreateMap(Definition((BpfMapType)type)).ExpectRefusal(CheckTable.MapCreateType, type, 16);
    }

    [Theory]
    [InlineData(BpfMapType.Unspec)]
    public void A_type_that_is_not_built_is_not_supported(BpfMapType type)
    {
        using EbpfMachine machine = new();
        machine.User.CreateMap(Definition(type)).ExpectRefusal(CheckTable.MapCreateBuilt, (uint)type, 0);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void Keys_values_and_entries_must_not_be_nothing(BpfMapType type)
    {
        using EbpfMachine machine = new();
        machine.User.CreateMap(Definition(type, keySize: 0)).ExpectRefusal(CheckTable.MapCreateKeySize, 0, 1);
        machine.User.CreateMap(Definition(type, valueSize: 0)).ExpectRefusal(CheckTable.MapCreateValueSize, 0, 1);
        machine.User.CreateMap(Definition(type, maxEntries: 0)).ExpectRefusal(CheckTable.MapCreateMaxEntries, 0, 1);
    }

    [Fact]
    public void The_first_thing_that_is_wrong_is_what_is_refused()
    {
        using EbpfMachine machine = new();
        byte[] name = new byte[64];
        EbpfMapDefinition wrong = Definition(BpfMapType.Unspec, keySize: 0, valueSize: 0, maxEntries: 0);
        machine.User.CreateMap(wrong, name, innerMap: 7).ExpectRefusal(CheckTable.MapCreateKeySize, 0, 1);
        wrong.KeySize = 4;
        machine.User.CreateMap(wrong, name, innerMap: 7).ExpectRefusal(CheckTable.MapCreateValueSize, 0, 1);
        wrong.ValueSize = 8;
        machine.User.CreateMap(wrong, name, innerMap: 7).ExpectRefusal(CheckTable.MapCreateMaxEntries, 0, 1);
        wrong.MaxEntries = 1;
        machine.User.CreateMap(wrong, name, innerMap: 7).ExpectRefusal(CheckTable.MapCreateName, 64, 63);
        machine.User.CreateMap(wrong, innerMap: 7).ExpectRefusal(CheckTable.MapCreateBuilt, (uint)BpfMapType.Unspec, 0);
        wrong.Type = BpfMapType.Hash;
        machine.User.CreateMap(wrong, innerMap: 7).ExpectRefusal(CheckTable.MapCreateInnerMap, 7, -1);
    }

    [Theory]
    [MemberData(nameof(MapTypes.PerCpu), MemberType = typeof(MapTypes))]
    public void A_per_cpu_value_must_fit_32_bits_with_all_its_slots(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 16);
        machine.User.CreateMap(Definition(type, valueSize: 1 << 28))
            .ExpectRefusal(CheckTable.MapCreateValueTotal, 1L << 32, uint.MaxValue);
        machine.User.CreateMap(Definition(type, valueSize: uint.MaxValue))
            .ExpectRefusal(CheckTable.MapCreateValueTotal, 1L << 36, uint.MaxValue);
    }

    [Fact]
    public void A_perf_event_array_is_per_cpu_for_that_check_too()
    {
        using EbpfMachine machine = new(cpus: 16);
        machine.User.CreateMap(Definition(BpfMapType.PerfEventArray, valueSize: 1 << 28))
            .ExpectRefusal(CheckTable.MapCreateValueTotal, 1L << 32, uint.MaxValue);
    }

    [Fact]
    public void A_name_has_at_most_63_bytes()
    {
        using EbpfMachine machine = new();
        machine.User.CreateMap(Definition(BpfMapType.Hash), new byte[64]).ExpectRefusal(CheckTable.MapCreateName, 64, 63);
        machine.User.CreateMap(Definition(BpfMapType.Hash), Encoding.UTF8.GetBytes(new string('n', 63))).Expect(EbpfResult.Success);
    }

    [Fact]
    public void The_name_is_as_long_as_the_header_says_and_not_as_the_buffer()
    {
        using EbpfMachine machine = new();
        byte[] message = EbpfUser.Message(
            EbpfOperationId.CreateMap,
            new CreateMapRequest { EbpfMapDefinition = Definition(BpfMapType.Hash), InnerMapHandle = new(-1) },
            "name and more"u8);
        BitConverter.TryWriteBytes(message, (ushort)44);
        Answer created = machine.User.Send(message, 16).Expect(EbpfResult.Success);
        BpfMapInfo info = Info(machine, created.As<CreateMapReply>().Handle);
        Assert.Equal("name", info.Name.ToString());
    }

    [Theory]
    [MemberData(nameof(MapTypes.Arrays), MemberType = typeof(MapTypes))]
    public void An_array_of_more_than_128_gib_is_refused_and_a_smaller_one_may_be_too_large_for_the_machine(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 1);
        machine.User.CreateMap(Definition(type, valueSize: 64, maxEntries: 1u << 31))
            .ExpectRefusal(CheckTable.MapCreateArraySize, 1L << 37, (1L << 37) - 192);
        machine.User.CreateMap(Definition(type, valueSize: 64, maxEntries: (1u << 31) - 3))
            .ExpectMemoryRefused((1L << 37) - 192);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void A_hash_table_with_more_buckets_than_pool_has_room_for_is_refused(BpfMapType type)
    {
        using EbpfMachine machine = new(machine: new MachineOptions { PoolLimit = 8 << 20 });
        machine.User.CreateMap(Definition(type, maxEntries: 1 << 20)).ExpectMemoryRefused(1 << 20);
        machine.User.CreateMap(Definition(type, maxEntries: uint.MaxValue)).ExpectMemoryRefused(uint.MaxValue);
        machine.User.CreateMap(Definition(type, maxEntries: 1 << 10)).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_process_without_a_free_handle_gets_no_map_and_none_is_left()
    {
        using EbpfMachine machine = new();
        EbpfUser user = machine.NewUser(new ProcessOptions { DenseHandles = true });
        Answer answer;
        int created = 0;
        while ((answer = user.CreateMap(Definition(BpfMapType.Hash, maxEntries: 1))).Status == NtStatus.Success)
        {
            created++;
        }

        Assert.Equal(NtStatus.NotSupported, answer.Status);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(created, machine.Driver.ObjectCount);
    }

    private static EbpfMapDefinition Definition(BpfMapType type, uint keySize = 4, uint valueSize = 8, uint maxEntries = 64) =>
        new() { Type = type, KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries };

    private static BpfMapInfo Info(EbpfMachine machine, KernelSim.Protocol.Gate.NtHandle handle)
    {
        Answer answer = machine.User.Info(handle).Expect(EbpfResult.Success);
        return System.Runtime.InteropServices.MemoryMarshal.Read<BpfMapInfo>(answer.Tail(12));
    }
}
