using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Objects;

public class IdentityTests
{
    [Fact]
    public void Ids_start_at_two_and_are_never_given_twice()
    {
        using EbpfMachine machine = new();
        TestMap first = machine.User.NewMap(BpfMapType.Hash);
        TestMap second = machine.User.NewMap(BpfMapType.Array);
        Assert.Equal(2u, Info(machine, first.Handle).Id);
        Assert.Equal(3u, Info(machine, second.Handle).Id);
        machine.User.Close(second.Handle).Expect(EbpfResult.Success);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4u, Info(machine, machine.User.NewMap(BpfMapType.Array).Handle).Id);
    }

    [Fact]
    public void A_failed_creation_uses_no_id_up()
    {
        using EbpfMachine machine = new();
        machine.User.CreateMap(new EbpfMapDefinition { Type = BpfMapType.Hash }).Expect(EbpfResult.InvalidArgument);
        Assert.Equal(2u, Info(machine, machine.User.NewMap(BpfMapType.Hash).Handle).Id);
    }

    [Fact]
    public void The_next_id_is_the_smallest_that_is_larger()
    {
        using EbpfMachine machine = new();
        List<NtHandle> handles = [.. Enumerable.Range(0, 4).Select(_ => machine.User.NewMap(BpfMapType.Hash).Handle)];
        machine.User.Close(handles[1]).Expect(EbpfResult.Success);
        Assert.Equal((uint[])[2, 2, 4, 4, 5], ((uint[])[0, 1, 2, 3, 4]).Select(start => NextMap(machine, start)));
        machine.User.NextId(EbpfOperationId.GetNextMapId, 5).Expect(EbpfResult.NoMoreKeys);
        machine.User.NextId(EbpfOperationId.GetNextMapId, uint.MaxValue).Expect(EbpfResult.NoMoreKeys);
        machine.User.NextId(EbpfOperationId.GetNextProgramId, 0).Expect(EbpfResult.NoMoreKeys);
        machine.User.NextId(EbpfOperationId.GetNextLinkId, 0).Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void A_map_can_be_opened_by_its_id_and_not_as_something_else()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        map.Fill(3);
        Answer opened = machine.User.HandleById(EbpfOperationId.GetMapHandleById, 2).Expect(EbpfResult.Success);
        NtHandle handle = opened.As<GetHandleByIdReply>().Handle;
        Assert.NotEqual(map.Handle, handle);
        machine.User.Close(map.Handle).Expect(EbpfResult.Success);
        TestMap same = new(machine.User, handle, 4, map.Layout);
        Assert.Equal(map.Value(1), same.Find(map.Key(1)).Tail(8));

        machine.User.HandleById(EbpfOperationId.GetProgramHandleById, 2).Expect(EbpfResult.KeyNotFound);
        machine.User.HandleById(EbpfOperationId.GetLinkHandleById, 2).Expect(EbpfResult.KeyNotFound);
        machine.User.HandleById(EbpfOperationId.GetMapHandleById, 0).Expect(EbpfResult.KeyNotFound);
        machine.User.HandleById(EbpfOperationId.GetMapHandleById, 3).Expect(EbpfResult.KeyNotFound);
        machine.User.Close(handle).Expect(EbpfResult.Success);
        machine.User.HandleById(EbpfOperationId.GetMapHandleById, 2).Expect(EbpfResult.KeyNotFound);
    }

    [Fact]
    public void A_closed_handle_is_no_handle_any_more()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        machine.User.Close(map.Handle).Expect(EbpfResult.Success);
        machine.User.Close(map.Handle).ExpectRefusal(CheckTable.CloseHandleOpen, map.Handle.Value, 0);
        map.Find(map.Key(1)).ExpectRefusal(CheckTable.HandleOpen, map.Handle.Value, 1);
        machine.User.Close(NtHandle.Invalid).ExpectRefusal(CheckTable.CloseHandleOpen, -1, 0);
    }

    [Fact]
    public void A_handle_is_its_own_process_business()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        EbpfUser other = machine.NewUser();
        TestMap stolen = new(other, map.Handle, 4, map.Layout);
        stolen.Find(map.Key(1)).Expect(EbpfResult.InvalidObject);
        NtHandle opened = other.HandleById(EbpfOperationId.GetMapHandleById, 2).Expect(EbpfResult.Success).As<GetHandleByIdReply>().Handle;
        map.Fill(1);
        Assert.Equal(map.Value(0), new TestMap(other, opened, 4, map.Layout).Find(map.Key(0)).Tail(8));
    }

    [Fact]
    public void A_process_that_ends_takes_its_maps_with_it()
    {
        using EbpfMachine machine = new();
        EbpfUser other = machine.NewUser();
        for (int i = 0; i < 5; i++)
        {
            other.NewMap(BpfMapType.PercpuHash).Fill(20);
        }

        Assert.Equal(5, machine.Driver.ObjectCount);
        other.Process.Terminate(NtStatus.Success);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.ObjectCount);
        Assert.Equal(0, machine.Driver.WaitingCount);
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.PercpuArray)]
    public void Info_tells_what_a_map_was_created_with(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 4);
        TestMap map = machine.User.NewMap(type, keySize: 4, valueSize: 12, maxEntries: 7, name: "packets");
        BpfMapInfo info = Info(machine, map.Handle);
        Assert.Equal((2u, type, 4u, 12u, 7u), (info.Id, info.Type, info.KeySize, info.ValueSize, info.MaxEntries));
        Assert.Equal(("packets", 0u, 0u, 0u), (info.Name.ToString(), info.MapFlags, info.InnerMapId, info.PinnedPathCount));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(95)]
    [InlineData(96)]
    [InlineData(200)]
    public void Info_is_cut_where_the_room_ends(int room)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        Answer whole = machine.User.Info(map.Handle).Expect(EbpfResult.Success);
        Answer cut = machine.User.Info(map.Handle, room: room).Expect(EbpfResult.Success);
        int length = Math.Min(room, 96);
        Assert.Equal(12 + length, cut.Header.Length);
        Assert.Equal(whole.Bytes[12..(12 + length)], cut.Tail(12));
        Assert.Equal(EbpfObjectType.Map, cut.As<GetObjectInfoReply>().Type);
    }

    [Fact]
    public void Info_without_room_is_a_warning_and_without_a_wish_just_the_type()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        Answer warning = machine.User.Info(map.Handle, room: 0);
        warning.ExpectRefusal(CheckTable.ObjectInfoRoom, 0, 96);
        Assert.Equal(NtStatus.BufferOverflow, warning.Status);
        Assert.Equal(EbpfObjectType.Map, warning.As<GetObjectInfoReply>().Type);

        Answer type = machine.User.Info(map.Handle, wanted: 0, room: 50).Expect(EbpfResult.Success);
        Assert.Equal((EbpfObjectType.Map, 16), (type.As<GetObjectInfoReply>().Type, type.Header.Length));
        Assert.All(type.Bytes[16..], b => Assert.Equal(0, b));
        machine.User.Info(machine.User.Device).ExpectRefusal(CheckTable.HandleType, 0, 0);
    }

    [Fact]
    public void Info_of_a_name_ends_at_its_first_zero_byte()
    {
        using EbpfMachine machine = new();
        Answer created = machine.User.CreateMap(
            new EbpfMapDefinition { Type = BpfMapType.Hash, KeySize = 1, ValueSize = 1, MaxEntries = 1 }, "one\0two"u8);
        BpfMapInfo info = Info(machine, created.As<CreateMapReply>().Handle);
        Assert.Equal("one", info.Name.ToString());
        Assert.All(((ReadOnlySpan<byte>)info.Name)[3..].ToArray(), b => Assert.Equal(0, b));
    }

    private static uint NextMap(EbpfMachine machine, uint start) =>
        machine.User.NextId(EbpfOperationId.GetNextMapId, start).Expect(EbpfResult.Success).As<GetNextIdReply>().NextId;

    private static BpfMapInfo Info(EbpfMachine machine, NtHandle handle) =>
        MemoryMarshal.Read<BpfMapInfo>(machine.User.Info(handle).Expect(EbpfResult.Success).Tail(12));
}
