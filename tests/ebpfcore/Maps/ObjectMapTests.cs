using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Maps of maps, row by row, through messages.</summary>
public sealed class ObjectMapTests : IDisposable
{
    private const uint Entries = 8;

    private readonly EbpfMachine _machine = new();
    private readonly TestMap _template;

    public ObjectMapTests()
    {
        _template = NewInner();
    }

    public static TheoryData<BpfMapType> OfMaps => [BpfMapType.HashOfMaps, BpfMapType.ArrayOfMaps];

    public static TheoryData<BpfMapType> All => [BpfMapType.HashOfMaps, BpfMapType.ArrayOfMaps, BpfMapType.ProgArray];

    public static TheoryData<BpfMapType> Arrays => [BpfMapType.ArrayOfMaps, BpfMapType.ProgArray];

    private EbpfUser User => _machine.User;

    public void Dispose() => _machine.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void Values_have_four_bytes_and_that_is_asked_before_the_template(BpfMapType type)
    {
        foreach (uint size in (uint[])[1, 8, 400])
        {
            User.CreateMap(Definition(type) with { ValueSize = size }, innerMap: 9999)
                .ExpectRefusal(CheckTable.MapCreateObjectValue, size, 4);
        }

        User.CreateMap(Definition(type) with { ValueSize = 0 }).ExpectRefusal(CheckTable.MapCreateValueSize, 0, 1);
        User.CreateMap(Definition(type) with { KeySize = 0 }).ExpectRefusal(CheckTable.MapCreateKeySize, 0, 1);
        User.CreateMap(Definition(type) with { MaxEntries = 0 }).ExpectRefusal(CheckTable.MapCreateMaxEntries, 0, 1);
    }

    [Theory]
    [MemberData(nameof(OfMaps))]
    public void A_map_of_maps_must_have_a_template_that_is_a_map(BpfMapType type)
    {
        User.CreateMap(Definition(type)).ExpectRefusal(CheckTable.MapCreateTemplate, -1, 1);
        User.CreateMap(Definition(type), innerMap: 9999).ExpectRefusal(CheckTable.HandleOpen, 9999, 1);
        User.CreateMap(Definition(type), innerMap: User.Device.Value).ExpectRefusal(CheckTable.HandleType, 0, 1);
        Assert.Equal(1, _machine.Driver.ObjectCount);
    }

    [Fact]
    public void A_program_array_does_not_look_at_the_handle_of_an_inner_map()
    {
        User.CreateMap(Definition(BpfMapType.ProgArray), innerMap: 9999).Expect(EbpfResult.Success);
        TestMap map = User.NewMap(BpfMapType.ProgArray, valueSize: 4, template: _template.Handle);
        Assert.Equal(0u, Info(map).InnerMapId);
    }

    [Fact]
    public void A_program_array_may_be_an_inner_map_and_a_program_deletes_from_the_outer_one()
    {
        TestMap inner = User.NewMap(BpfMapType.ProgArray, valueSize: 4);
        TestMap outer = User.NewMap(BpfMapType.HashOfMaps, valueSize: 4, template: inner.Handle);
        outer.UpdateWithHandle(outer.Key(1), inner.Handle).Expect(EbpfResult.Success);
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(User.Process, outer.Handle, out EbpfMap? kernel));
        _machine.Driver.RunProgram(0, context => Assert.Equal(0, context.MapDeleteElem(kernel!, outer.Key(1))));
        kernel!.Dereference();
        outer.Find(outer.Key(1)).Expect(EbpfResult.ObjectNotFound);
    }

    [Theory]
    [MemberData(nameof(OfMaps))]
    public void The_template_is_remembered_by_id_and_definition_and_not_kept(BpfMapType type)
    {
        TestMap outer = NewOuter(type);
        User.Close(_template.Handle).Expect(EbpfResult.Success);
        Settle();
        Assert.Equal(1, _machine.Driver.ObjectCount);
        Assert.Equal(2u, Info(outer).InnerMapId);
        Assert.Equal(4u, Info(outer).ValueSize);
        outer.UpdateWithHandle(outer.Key(1), NewInner().Handle).Expect(EbpfResult.Success);
        User.Pin(outer.Handle, "outer"u8).Expect(EbpfResult.Success);
        Answer pinned = User.Send(EbpfOperationId.GetPinnedMapInfo, default(GetPinnedMapInfoRequest), default, 24 + 26 + 5);
        Assert.Equal(2u, MemoryMarshal.Read<SerializedMapInfo>(pinned.Bytes.AsSpan(24)).Definition.InnerMapId);
    }

    [Theory]
    [MemberData(nameof(OfMaps))]
    public void A_map_that_was_put_in_is_read_as_its_id(BpfMapType type)
    {
        TestMap outer = NewOuter(type);
        TestMap inner = NewInner();
        outer.UpdateWithHandle(outer.Key(3), inner.Handle).Expect(EbpfResult.Success);
        Answer found = outer.Find(outer.Key(3)).Expect(EbpfResult.Success);
        uint id = MemoryMarshal.Read<uint>(found.Tail(8));
        Assert.Equal(Info(inner).Id, id);
        User.HandleById(EbpfOperationId.GetMapHandleById, id).Expect(EbpfResult.Success);
        outer.Find(outer.Key(4)).Expect(EbpfResult.ObjectNotFound);
        outer.Find(outer.Key(Entries)).Expect(EbpfResult.ObjectNotFound);
        outer.Find(outer.Key(3), room: 8).ExpectRefusal(CheckTable.MapFindValueSize, 8, 4);
        outer.Find(new byte[3]).ExpectRefusal(CheckTable.MapFindKeySize, 3, 4);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_these_maps_do_not_have_is_refused(BpfMapType type)
    {
        TestMap outer = NewOuter(type);
        outer.Find(outer.Key(0), delete: true).ExpectRefusal(CheckTable.MapFindDeleteObject, 1, 0);
        outer.Update(outer.Key(0), new byte[8]).ExpectRefusal(CheckTable.MapUpdateValueSize, 8, 4);
        outer.Update(outer.Key(0), new byte[4]).ExpectRefusal(CheckTable.MapUpdateSupported, (uint)type, 0);
        outer.UpdateBatch(new byte[8]).ExpectRefusal(CheckTable.MapUpdateSupported, (uint)type, 0);
        outer.UpdateWithHandle(new byte[5], _template.Handle).ExpectRefusal(CheckTable.MapUpdateWithHandleKeySize, 5, 4);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_batch_of_no_elements_is_done_though_the_type_has_no_such_operation(BpfMapType type)
    {
        TestMap outer = NewOuter(type);
        Answer answer = outer.UpdateBatch(default(ReadOnlySpan<byte>)).Expect(EbpfResult.Success);
        Assert.Equal(0u, answer.As<MapUpdateElementBatchReply>().CountOfElementsProcessed);
        outer.UpdateBatch(new byte[7]).ExpectRefusal(CheckTable.MapUpdateBatchData, 7, 0);
        answer = outer.DeleteBatch(default(ReadOnlySpan<byte>)).Expect(EbpfResult.Success);
        Assert.Equal(0u, answer.As<MapDeleteElementBatchReply>().CountOfElementsProcessed);
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.PercpuHash)]
    [InlineData(BpfMapType.PercpuArray)]
    public void Other_maps_take_no_handles(BpfMapType type)
    {
        TestMap map = User.NewMap(type);
        map.UpdateWithHandle(map.Key(0), _template.Handle).ExpectRefusal(CheckTable.MapUpdateWithHandleSupported, (uint)type, 0);
    }

    [Theory]
    [MemberData(nameof(Arrays))]
    public void An_array_checks_option_then_index_then_handle(BpfMapType type)
    {
        TestMap outer = NewOuter(type);
        outer.UpdateWithHandle(outer.Key(Entries), new(9999), EbpfMapOption.NoExist).ExpectRefusal(CheckTable.MapUpdateNoExist, 1, 0);
        outer.UpdateWithHandle(outer.Key(Entries), new(9999)).ExpectRefusal(CheckTable.MapUpdateIndex, Entries, Entries - 1);
        outer.UpdateWithHandle(outer.Key(0), new(9999)).ExpectRefusal(CheckTable.HandleOpen, 9999, 1);
        outer.UpdateWithHandle(outer.Key(0), User.Device, EbpfMapOption.Exist).Expect(EbpfResult.InvalidObject);
        outer.UpdateWithHandle(outer.Key(Entries), NtHandle.Invalid).ExpectRefusal(CheckTable.MapUpdateIndex, Entries, Entries - 1);
        outer.UpdateWithHandle(outer.Key(0), NtHandle.Invalid).Expect(EbpfResult.Success);
        outer.UpdateWithHandle(outer.Key(0), NtHandle.Invalid, EbpfMapOption.Exist).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_program_array_takes_no_maps()
    {
        TestMap programs = NewOuter(BpfMapType.ProgArray);
        programs.UpdateWithHandle(programs.Key(0), _template.Handle).ExpectRefusal(CheckTable.HandleType, 1, 3);
    }

    [Fact]
    public void A_slot_of_an_array_is_emptied_by_handle_minus_1()
    {
        TestMap outer = NewOuter(BpfMapType.ArrayOfMaps);
        outer.UpdateWithHandle(outer.Key(1), _template.Handle).Expect(EbpfResult.Success);
        outer.UpdateWithHandle(outer.Key(1), NtHandle.Invalid).Expect(EbpfResult.Success);
        outer.Find(outer.Key(1)).Expect(EbpfResult.ObjectNotFound);
        AssertFreedWhenClosed(_template);
    }

    [Fact]
    public void A_hash_checks_option_then_handle_then_whether_the_key_is_there()
    {
        TestMap outer = NewOuter(BpfMapType.HashOfMaps);
        outer.UpdateWithHandle(outer.Key(1), new(9999), (EbpfMapOption)3).Expect(EbpfResult.InvalidArgument);
        outer.UpdateWithHandle(outer.Key(1), NtHandle.Invalid).ExpectRefusal(CheckTable.HandleOpen, -1, 1);
        outer.UpdateWithHandle(outer.Key(1), new(9999), EbpfMapOption.Exist).ExpectRefusal(CheckTable.HandleOpen, 9999, 1);
        outer.UpdateWithHandle(outer.Key(1), outer.Handle, EbpfMapOption.Exist)
            .ExpectRefusal(CheckTable.MapInnerType, (uint)BpfMapType.HashOfMaps, (uint)BpfMapType.Hash);
        outer.UpdateWithHandle(outer.Key(1), _template.Handle, EbpfMapOption.Exist).Expect(EbpfResult.KeyNotFound);
        outer.UpdateWithHandle(outer.Key(1), _template.Handle, EbpfMapOption.NoExist).Expect(EbpfResult.Success);
        outer.UpdateWithHandle(outer.Key(1), _template.Handle, EbpfMapOption.NoExist).Expect(EbpfResult.ObjectAlreadyExists);
        outer.UpdateWithHandle(outer.Key(1), _template.Handle, EbpfMapOption.Exist).Expect(EbpfResult.Success);
        outer.Delete(outer.Key(1)).Expect(EbpfResult.Success);
        AssertFreedWhenClosed(_template);
    }

    [Fact]
    public void The_largest_number_of_entries_is_not_enforced_on_a_hash()
    {
        TestMap outer = User.NewMap(BpfMapType.HashOfMaps, valueSize: 4, maxEntries: 2, template: _template.Handle);
        for (uint i = 0; i < 10; i++)
        {
            outer.UpdateWithHandle(outer.Key(i), _template.Handle).Expect(EbpfResult.Success);
        }
    }

    [Theory]
    [MemberData(nameof(OfMaps))]
    public void An_inner_map_must_be_like_the_template(BpfMapType type)
    {
        TestMap outer = NewOuter(type);
        Refuse(User.NewMap(BpfMapType.Array, maxEntries: Entries), CheckTable.MapInnerType, (uint)BpfMapType.Array, (uint)BpfMapType.Hash);
        Refuse(User.NewMap(BpfMapType.Hash, keySize: 8, maxEntries: Entries), CheckTable.MapInnerKeySize, 8, 4);
        Refuse(User.NewMap(BpfMapType.Hash, valueSize: 4, maxEntries: Entries), CheckTable.MapInnerValueSize, 4, 8);
        Refuse(User.NewMap(BpfMapType.Hash, maxEntries: 9), CheckTable.MapInnerMaxEntries, 9, Entries);
        Assert.DoesNotContain(outer.Keys(), k => outer.Find(k).Status == NtStatus.Success);

        void Refuse(TestMap inner, Check check, long given, long expected) =>
            outer.UpdateWithHandle(outer.Key(0), inner.Handle).ExpectRefusal(check, given, expected);
    }

    [Fact]
    public void Per_cpu_inner_maps_are_compared_by_their_whole_values()
    {
        TestMap template = User.NewMap(BpfMapType.PercpuHash, valueSize: 12, maxEntries: Entries);
        TestMap outer = User.NewMap(BpfMapType.ArrayOfMaps, valueSize: 4, template: template.Handle);
        TestMap padded = User.NewMap(BpfMapType.PercpuHash, valueSize: 16, maxEntries: Entries);
        TestMap smaller = User.NewMap(BpfMapType.PercpuHash, valueSize: 8, maxEntries: Entries);
        outer.UpdateWithHandle(outer.Key(0), template.Handle).Expect(EbpfResult.Success);
        outer.UpdateWithHandle(outer.Key(1), padded.Handle).Expect(EbpfResult.Success);
        outer.UpdateWithHandle(outer.Key(2), smaller.Handle).ExpectRefusal(CheckTable.MapInnerValueSize, 16, 32);
    }

    [Fact]
    public void Deleting_from_an_array_empties_a_slot_and_may_be_done_twice()
    {
        TestMap outer = NewOuter(BpfMapType.ArrayOfMaps);
        outer.UpdateWithHandle(outer.Key(1), _template.Handle).Expect(EbpfResult.Success);
        outer.Delete(outer.Key(1)).Expect(EbpfResult.Success);
        outer.Delete(outer.Key(1)).Expect(EbpfResult.Success);
        outer.Delete(outer.Key(Entries)).Expect(EbpfResult.ObjectNotFound);
        outer.Delete(new byte[3]).ExpectRefusal(CheckTable.MapDeleteKeySize, 3, 4);
        outer.Find(outer.Key(1)).Expect(EbpfResult.ObjectNotFound);
        AssertFreedWhenClosed(_template);
    }

    [Fact]
    public void Deleting_from_a_hash_takes_the_key_out()
    {
        TestMap outer = NewOuter(BpfMapType.HashOfMaps);
        outer.UpdateWithHandle(outer.Key(1), _template.Handle).Expect(EbpfResult.Success);
        outer.Delete(outer.Key(1)).Expect(EbpfResult.Success);
        outer.Delete(outer.Key(1)).Expect(EbpfResult.ObjectNotFound);
        Assert.Empty(outer.Keys());
        AssertFreedWhenClosed(_template);
    }

    [Theory]
    [MemberData(nameof(Arrays))]
    public void The_keys_of_an_array_are_all_its_indexes(BpfMapType type)
    {
        TestMap outer = NewOuter(type);
        Assert.Equal(Enumerable.Range(0, (int)Entries).Select(i => outer.Key((uint)i)), outer.Keys());
        outer.NextKey(outer.Key(uint.MaxValue)).Expect(EbpfResult.Success);
        outer.NextKey(outer.Key(Entries)).Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void The_keys_of_a_hash_are_those_put_in()
    {
        TestMap outer = NewOuter(BpfMapType.HashOfMaps);
        outer.NextKey([]).Expect(EbpfResult.NoMoreKeys);
        uint[] keys = [7, 3, 900];
        foreach (uint key in keys)
        {
            outer.UpdateWithHandle(outer.Key(key), _template.Handle).Expect(EbpfResult.Success);
        }

        Assert.Equal(keys.Order(), outer.Keys().Select(k => TestMap.Number(k)).Order());
        outer.NextKey(outer.Key(5)).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_batch_reads_ids_and_0_for_empty_slots_of_an_array()
    {
        TestMap outer = NewOuter(BpfMapType.ArrayOfMaps);
        TestMap inner = NewInner();
        outer.UpdateWithHandle(outer.Key(1), inner.Handle).Expect(EbpfResult.Success);
        outer.UpdateWithHandle(outer.Key(6), _template.Handle).Expect(EbpfResult.Success);
        uint[] ids = Ids(outer, outer.GetBatch((int)Entries));
        Assert.Equal([0, Info(inner).Id, 0, 0, 0, 0, Info(_template).Id, 0], ids);
        Assert.Equal([0u, 0u], Ids(outer, outer.GetBatch(2, outer.Key(1))));
        outer.GetBatch(2, outer.Key(Entries - 1)).Expect(EbpfResult.NoMoreKeys);
        Assert.Equal(ids, Ids(outer, outer.GetBatch((int)Entries, delete: true)));
        Assert.Equal(new uint[Entries], Ids(outer, outer.GetBatch((int)Entries)));
        AssertFreedWhenClosed(inner);
    }

    [Fact]
    public void A_batch_reads_and_deletes_a_hash()
    {
        TestMap outer = NewOuter(BpfMapType.HashOfMaps);
        for (uint i = 0; i < 5; i++)
        {
            outer.UpdateWithHandle(outer.Key(i), _template.Handle).Expect(EbpfResult.Success);
        }

        Assert.Equal(Enumerable.Repeat(Info(_template).Id, 5), Ids(outer, outer.GetBatch(10)));
        Assert.Equal(5, Ids(outer, outer.GetBatch(10, delete: true)).Length);
        outer.GetBatch(10).Expect(EbpfResult.NoMoreKeys);
        AssertFreedWhenClosed(_template);
    }

    [Theory]
    [MemberData(nameof(OfMaps))]
    public void A_delete_batch_drops_each_map(BpfMapType type)
    {
        TestMap outer = NewOuter(type);
        for (uint i = 0; i < 5; i++)
        {
            outer.UpdateWithHandle(outer.Key(i), _template.Handle).Expect(EbpfResult.Success);
        }

        outer.DeleteBatch([outer.Key(0), outer.Key(1), outer.Key(2), outer.Key(3), outer.Key(4)]).Expect(EbpfResult.Success);
        outer.DeleteBatch([outer.Key(Entries)]).Expect(EbpfResult.ObjectNotFound);
        AssertFreedWhenClosed(_template);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(12)]
    public void Keys_of_an_array_may_have_any_size_and_their_first_four_bytes_count(uint keySize)
    {
        TestMap outer = User.NewMap(BpfMapType.ArrayOfMaps, keySize, 4, Entries, template: _template.Handle);
        outer.UpdateWithHandle(outer.Key(5), _template.Handle).Expect(EbpfResult.Success);
        Assert.Equal(Info(_template).Id, MemoryMarshal.Read<uint>(outer.Find(outer.Key(5)).Tail(8)));
        Assert.Equal((int)Entries, outer.Keys().Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_map_of_objects_needs_memory(BpfMapType type)
    {
        User.CreateMap(Definition(type) with { MaxEntries = uint.MaxValue }, innerMap: 9999)
            .ExpectMemoryRefused(type == BpfMapType.HashOfMaps ? uint.MaxValue : uint.MaxValue * 8L);
    }

    private static EbpfMapDefinition Definition(BpfMapType type) =>
        new() { Type = type, KeySize = 4, ValueSize = 4, MaxEntries = Entries };

    private static uint[] Ids(TestMap outer, Answer answer) =>
        [.. outer.Records(answer).Select(r => MemoryMarshal.Read<uint>(r.Value))];

    private TestMap NewInner() => User.NewMap(BpfMapType.Hash, maxEntries: Entries);

    private TestMap NewOuter(BpfMapType type) =>
        User.NewMap(type, valueSize: 4, maxEntries: Entries, template: _template.Handle);

    private BpfMapInfo Info(TestMap map) => MemoryMarshal.Read<BpfMapInfo>(User.Info(map.Handle).Expect(EbpfResult.Success).Tail(12));

    private void Settle() => _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));

    /// <summary>Nobody but its handle holds the map.</summary>
    private void AssertFreedWhenClosed(TestMap map)
    {
        int before = _machine.Driver.ObjectCount;
        User.Close(map.Handle).Expect(EbpfResult.Success);
        Settle();
        Assert.Equal(before - 1, _machine.Driver.ObjectCount);
    }
}
