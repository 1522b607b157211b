using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Io;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Samples.SampleMap;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Maps of extensions' own types: which callbacks come when, and with which flags.</summary>
public sealed class CustomMapTests : IDisposable
{
    private const BpfMapType Type = BpfMapType.Xskmap;

    private readonly EbpfMachine _machine = new();
    private readonly List<NmrModule> _registered = [];

    private EbpfUser User => _machine.User;

    public void Dispose()
    {
        User.Process.Terminate(NtStatus.Success);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        _registered.ForEach(module => _machine.InKernel(
            current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Deregister(current, module))));
        _machine.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_closed_map_is_gone_and_its_provider_can_go_without_the_clock_moving(int cpus)
    {
        using EbpfMachine machine = new(cpus);
        Assert.Equal(NtStatus.Success, machine.Machine.LoadDriver(new SampleMapDriver(), out DriverObject? provider));
        long before = machine.Machine.Pool.BytesInUse;
        ulong time = machine.Machine.Clock.InterruptTime;
        NtHandle map = machine.User.CreateMap(Definition(BpfMapType.SampleHashMap)).Expect(EbpfResult.Success).As<CreateMapReply>().Handle;
        machine.User.Close(map).Expect(EbpfResult.Success);
        Assert.Equal((0, 0), (machine.Driver.ObjectCount, machine.Driver.WaitingCount));
        Assert.Equal(before, machine.Machine.Pool.BytesInUse);
        HostThread.Run(() => Assert.Equal(NtStatus.Success, machine.Machine.UnloadDriver(provider!))).Join("the provider to be unloaded");
        Assert.InRange(machine.Machine.Clock.InterruptTime - time, 0ul, 1000ul);
    }

    [Theory]
    [InlineData(BpfMapType.SampleHashMap)]
    [InlineData(BpfMapType.Xskmap)]
    public void Without_a_provider_of_the_type_there_is_no_map(BpfMapType type)
    {
        User.CreateMap(Definition(type)).ExpectRefusal(CheckTable.MapCustomProvider, (uint)type, 0);
        Register(new RecordingMapProvider().Provider(type == Type ? BpfMapType.SampleHashMap : Type));
        User.CreateMap(Definition(type)).ExpectRefusal(CheckTable.MapCustomProvider, (uint)type, 0);
    }

    [Fact]
    public void A_provider_with_both_callbacks_for_deletion_or_of_another_version_is_none()
    {
        RecordingMapProvider calls = new();
        Register(calls.Provider(dispatch: calls.Dispatch(preDelete: true)));
        MapProviderData future = new(Type, calls.Dispatch()) { Header = ExtensionHeaders.MapProviderData with { Version = 2 } };
        Register(new MapProvider(Guid.Empty, future));
        User.CreateMap(Definition()).ExpectRefusal(CheckTable.MapCustomProvider, (uint)Type, 0);
    }

    [Fact]
    public void The_provider_judges_the_definition_and_the_driver_the_size_it_answers()
    {
        RecordingMapProvider refuses = new() { CreateAnswer = EbpfResult.NoMemory };
        MapProvider first = Register(refuses.Provider());
        User.CreateMap(Definition()).ExpectRefusal(CheckTable.MapCustomRefused, (int)EbpfResult.NoMemory, 0);
        Assert.Equal(["create 4 4 3", "deleted context"], refuses.Take());
        Deregister(first);
        foreach (uint size in (uint[])[0, 8])
        {
            RecordingMapProvider other = new(actualValueSize: size);
            MapProvider provider = Register(other.Provider());
            User.CreateMap(Definition()).ExpectRefusal(CheckTable.MapCustomValueSize, size, 4);
            Assert.Equal(["create 4 4 3", "deleted context"], other.Take());
            Deregister(provider);
        }

        RecordingMapProvider incomplete = new(rewrites: true);
        Register(incomplete.Provider(dispatch: incomplete.Dispatch(find: false)));
        User.CreateMap(Definition()).ExpectRefusal(CheckTable.MapCustomCallbacks, 0, 1);
        Assert.Equal(0, _machine.Driver.ObjectCount);
    }

    [Fact]
    public void The_name_is_held_to_63_bytes_before_anybody_is_asked()
    {
        User.CreateMap(Definition(), new byte[64]).ExpectRefusal(CheckTable.MapCreateName, 64, 63);
    }

    [Fact]
    public void User_mode_passes_the_providers_callbacks_around_each_operation()
    {
        RecordingMapProvider calls = new();
        Register(calls.Provider());
        TestMap map = NewMap();
        calls.Take();
        map.Update(map.Key(1), Value(10)).Expect(EbpfResult.Success);
        Assert.Equal(["update 1 10 in 4 out 0 None"], calls.Take());
        map.Update(map.Key(1), Value(11)).Expect(EbpfResult.Success);
        Assert.Equal(["update 1 11 in 4 out 0 None", "postdelete 1 10 of 4 Update"], calls.Take());
        Assert.Equal(Value(11), map.Find(map.Key(1)).Tail(8));
        Assert.Equal(["find 1 11 in 4 out 0 None"], calls.Take());
        map.Find(map.Key(2)).Expect(EbpfResult.ObjectNotFound);
        map.Delete(map.Key(2)).Expect(EbpfResult.KeyNotFound);
        Assert.Empty(calls.Take());
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
        Assert.Equal(["postdelete 1 11 of 4 None"], calls.Take());
        map.Update(map.Key(3), Value(30)).Expect(EbpfResult.Success);
        Assert.Equal(Value(30), map.Find(map.Key(3), delete: true).Tail(8));
        Assert.Equal(["update 3 30 in 4 out 0 None", "find 3 30 in 4 out 0 None", "postdelete 3 30 of 4 None"], calls.Take());
    }

    [Fact]
    public void A_program_passes_them_too_with_the_helper_flag()
    {
        RecordingMapProvider calls = new();
        Register(calls.Provider());
        TestMap map = NewMap();
        EbpfMap kernel = Reference(map);
        calls.Take();
        _machine.Driver.RunProgram(1, context =>
        {
            Assert.Equal(0, context.MapUpdateElem(kernel, map.Key(1), Value(10)));
            Assert.Equal(Value(10), context.MapLookupElem(kernel, map.Key(1)).ToArray());
            Assert.Equal(0, context.MapUpdateElem(kernel, map.Key(1), Value(11)));
            Assert.Equal(0, context.MapDeleteElem(kernel, map.Key(1)));
        });
        kernel.Dereference();
        Assert.Equal(
            [
                "update 1 10 in 4 out 0 Helper", "find 1 10 in 4 out 0 Helper", "update 1 11 in 4 out 0 Helper",
                "postdelete 1 10 of 4 Helper, Update", "postdelete 1 11 of 4 Helper",
            ],
            calls.Take());
    }

    [Fact]
    public void Values_that_are_rewritten_are_stored_in_another_size_and_kept_from_programs()
    {
        RecordingMapProvider calls = new(rewrites: true, actualValueSize: 8);
        Register(calls.Provider());
        TestMap map = NewMap();
        EbpfMap kernel = Reference(map);
        calls.Take();
        map.Update(map.Key(1), Value(10)).Expect(EbpfResult.Success);
        Assert.Equal(Value(10), map.Find(map.Key(1)).Tail(8));
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
        Assert.Equal(
            ["update 1 10 in 4 out 8 None", "find 1 1010 in 8 out 4 None", "postdelete 1 1010 of 8 None"], calls.Take());
        _machine.Driver.RunProgram(1, context =>
        {
            Assert.Equal(-(int)EbpfResult.OperationNotSupported, context.MapUpdateElem(kernel, map.Key(1), Value(10)));
            Assert.True(context.MapLookupElem(kernel, map.Key(1)).IsEmpty);
            Assert.Equal(-(int)EbpfResult.OperationNotSupported, context.MapDeleteElem(kernel, map.Key(1)));
            Assert.Equal(-(int)EbpfResult.OperationNotSupported, context.MapPushElem(kernel, Value(10)));
            Assert.Equal(-(int)EbpfResult.OperationNotSupported, context.MapPeekElem(kernel, Value(10)));
            Assert.Equal(-(int)EbpfResult.InvalidArgument, context.MapPopElem(kernel, Value(10)));
        });
        kernel.Dereference();
        Assert.Empty(calls.Take());
    }

    [Fact]
    public void A_program_cannot_push_to_it_or_pop_from_it()
    {
        RecordingMapProvider calls = new();
        Register(calls.Provider());
        TestMap map = NewMap();
        EbpfMap kernel = Reference(map);
        calls.Take();
        _machine.Driver.RunProgram(1, context =>
        {
            Assert.Equal(-(int)EbpfResult.InvalidArgument, context.MapPushElem(kernel, Value(10)));
            Assert.Equal(-(int)EbpfResult.InvalidArgument, context.MapPeekElem(kernel, Value(10)));
            Assert.Equal(-(int)EbpfResult.InvalidArgument, context.MapPopElem(kernel, Value(10)));
        });
        kernel.Dereference();
        Assert.Empty(calls.Take());
    }

    [Theory]
    [InlineData(EbpfMapOption.Exist, EbpfResult.KeyNotFound, 9)]
    [InlineData(EbpfMapOption.NoExist, EbpfResult.ObjectAlreadyExists, 0)]
    [InlineData(EbpfMapOption.Any, EbpfResult.OutOfSpace, 9)]
    public void What_the_provider_saw_coming_and_the_table_refuses_is_taken_back(EbpfMapOption option, EbpfResult result, uint key)
    {
        RecordingMapProvider calls = new();
        Register(calls.Provider());
        TestMap map = NewMap();
        for (uint i = 0; i < 3; i++)
        {
            map.Update(map.Key(i), Value(i)).Expect(EbpfResult.Success);
        }

        calls.Take();
        map.Update(map.Key(key), Value(77), option).Expect(result);
        Assert.Equal([$"update {key} 77 in 4 out 0 None", $"postdelete {key} 77 of 4 Update"], calls.Take());
        map.Update(map.Key(1), Value(12)).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_provider_can_refuse_to_find_and_to_store()
    {
        RecordingMapProvider calls = new();
        Register(calls.Provider());
        TestMap map = NewMap();
        map.Update(map.Key(1), Value(10)).Expect(EbpfResult.Success);
        calls.UpdateAnswer = EbpfResult.OperationNotSupported;
        calls.FindAnswer = EbpfResult.KeyNotFound;
        calls.Take();
        map.Update(map.Key(1), Value(11)).Expect(EbpfResult.OperationNotSupported);
        map.Find(map.Key(1), delete: true).Expect(EbpfResult.KeyNotFound);
        Assert.Equal(["update 1 11 in 4 out 0 None", "find 1 10 in 4 out 0 None"], calls.Take());
    }

    [Fact]
    public void The_old_callback_comes_before_a_deletion_and_can_forbid_it()
    {
        RecordingMapProvider calls = new() { DeleteAnswer = EbpfResult.OperationNotSupported };
        Register(calls.Provider(dispatch: calls.Dispatch(preDelete: true, postDelete: false)));
        TestMap map = NewMap();
        map.Update(map.Key(1), Value(10)).Expect(EbpfResult.Success);
        map.Update(map.Key(1), Value(11)).Expect(EbpfResult.Success);
        map.Delete(map.Key(1)).Expect(EbpfResult.OperationNotSupported);
        map.Find(map.Key(1)).Expect(EbpfResult.Success);
        calls.DeleteAnswer = EbpfResult.Success;
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
        Assert.Equal(
            ["predelete 1 10 of 4 Update", "predelete 1 11 of 4 None", "predelete 1 11 of 4 None"],
            calls.Take().Where(c => c.StartsWith("pre", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_map_that_goes_reports_its_elements_then_itself()
    {
        RecordingMapProvider calls = new();
        Register(calls.Provider());
        TestMap map = NewMap();
        map.Update(map.Key(1), Value(10)).Expect(EbpfResult.Success);
        map.Update(map.Key(2), Value(20)).Expect(EbpfResult.Success);
        calls.Take();
        User.Close(map.Handle).Expect(EbpfResult.Success);
        Settle();
        string[] seen = calls.Take();
        Assert.Equal(["postdelete 1 10 of 4 MapCleanup", "postdelete 2 20 of 4 MapCleanup"], seen[..2].Order());
        Assert.Equal(["deleted context"], seen[2..]);
    }

    [Fact]
    public void All_callbacks_for_elements_may_be_missing()
    {
        RecordingMapProvider calls = new();
        Register(calls.Provider(dispatch: calls.Dispatch(find: false, update: false, postDelete: false)));
        TestMap map = NewMap();
        map.Update(map.Key(1), Value(10)).Expect(EbpfResult.Success);
        map.Update(map.Key(1), Value(11)).Expect(EbpfResult.Success);
        Assert.Equal(Value(11), map.Find(map.Key(1)).Tail(8));
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
        Assert.Equal(["create 4 4 3"], calls.Take());
    }

    [Fact]
    public void Sizes_are_not_checked_and_what_is_missing_counts_as_zeros()
    {
        RecordingMapProvider calls = new();
        Register(calls.Provider());
        TestMap map = NewMap();
        calls.Take();
        map.Update(map.Key(5), [7]).Expect(EbpfResult.Success);
        map.Update([.. map.Key(6), 8, 0, 0, 0, 9], []).Expect(EbpfResult.Success);
        map.Find([5]).Expect(EbpfResult.Success);
        Assert.Equal([7, 0], map.Find([5], room: 2).Expect(EbpfResult.Success).Tail(8));
        Assert.Equal([8, 0, 0, 0], map.Find(map.Key(6), room: 100).Expect(EbpfResult.Success).Tail(8)[..4]);
        map.Delete([6, 0, 0, 0, 0, 0, 9]).Expect(EbpfResult.Success);
        map.Update([1, 2], []).ExpectRefusal(CheckTable.MapUpdateKeySize, 2, 4);
        Assert.Equal("update 5 7 in 4 out 0 None", calls.Take()[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keys_and_entries_may_be_nothing_and_values_that_are_rewritten_too(bool rewrites)
    {
        RecordingMapProvider calls = new(rewrites, actualValueSize: 4) { HasNumbers = false };
        Register(calls.Provider());
        TestMap map = User.NewMap(Type, keySize: 0, valueSize: rewrites ? 0u : 4u, maxEntries: 0);
        byte[] value = rewrites ? [] : Value(10);
        map.Find([]).Expect(EbpfResult.ObjectNotFound);
        map.NextKey([]).Expect(EbpfResult.NoMoreKeys);
        map.Update([], value).Expect(EbpfResult.Success);
        map.Update([], value, EbpfMapOption.NoExist).Expect(EbpfResult.ObjectAlreadyExists);
        Assert.Equal(value, map.Find([]).Expect(EbpfResult.Success).Tail(8));
        map.NextKey([]).Expect(EbpfResult.Success);
        map.Delete([]).Expect(EbpfResult.Success);
        map.Delete([]).Expect(EbpfResult.KeyNotFound);
    }

    [Fact]
    public void Keys_can_be_walked_and_updated_in_batches_but_not_read_in_batches()
    {
        Register(new RecordingMapProvider().Provider());
        TestMap map = NewMap();
        map.UpdateBatch([(map.Key(1), Value(10)), (map.Key(2), Value(20))]).Expect(EbpfResult.Success);
        Assert.Equal([1u, 2u], map.Keys().Select(k => TestMap.Number(k)).Order());
        map.GetBatch(3).ExpectRefusal(CheckTable.MapGetBatchSupported, (uint)Type, 0);
        map.UpdateWithHandle(map.Key(1), map.Handle).ExpectRefusal(CheckTable.MapUpdateWithHandleSupported, (uint)Type, 0);
        map.DeleteBatch([map.Key(1), map.Key(2)]).Expect(EbpfResult.Success);
        Assert.Empty(map.Keys());
    }

    [Fact]
    public void A_provider_that_is_taken_out_waits_for_its_maps_and_gets_no_new_ones()
    {
        RecordingMapProvider calls = new();
        MapProvider provider = calls.Provider();
        _machine.InKernel(current => _machine.Machine.Nmr.Register(current, provider));
        TestMap map = NewMap();
        _machine.InKernel(current => Assert.Equal(NtStatus.Pending, _machine.Machine.Nmr.Deregister(current, provider)));
        map.Update(map.Key(1), Value(10)).Expect(EbpfResult.Success);
        User.CreateMap(Definition()).ExpectRefusal(CheckTable.MapCustomProvider, (uint)Type, 0);
        User.Close(map.Handle).Expect(EbpfResult.Success);
        Settle();
        _machine.InKernel(current => _machine.Machine.Nmr.WaitForDeregister(current, provider));
        Assert.DoesNotContain(provider, _machine.Machine.Nmr.Modules);
        Assert.Equal("deleted context", calls.Take()[^1]);
    }

    [Fact]
    public void Updates_on_all_sides_at_once_report_each_value_that_goes_exactly_once()
    {
        const int Writers = 3;
        const int Rounds = 200;
        RecordingMapProvider calls = new();
        Register(calls.Provider());
        TestMap map = NewMap();
        calls.Take();
        HostThreads.Run([.. Enumerable.Range(0, Writers).Select<int, Action>(writer => () =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                map.Update(map.Key(1), Value((uint)((writer * Rounds) + i + 1))).Expect(EbpfResult.Success);
            }
        })]);
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
        string[] gone = [.. calls.Take().Where(c => c.StartsWith("post", StringComparison.Ordinal)).Select(c => c.Split(' ')[2])];
        Assert.Equal(Enumerable.Range(1, Writers * Rounds), gone.Select(int.Parse).Order());
    }

    [Fact]
    public void The_sample_keeps_an_object_for_each_number_in_a_map()
    {
        SampleObjectMap sample = new();
        Register(sample.CreateProvider());
        TestMap map = NewMap(BpfMapType.SampleHashMap);
        User.CreateMap(Definition(BpfMapType.SampleHashMap) with { ValueSize = 8 }).Expect(EbpfResult.ExtensionFailedToLoad);
        map.Update(map.Key(1), Value(10)).Expect(EbpfResult.Success);
        map.Update(map.Key(1), Value(11)).Expect(EbpfResult.Success);
        map.Update(map.Key(2), Value(20)).Expect(EbpfResult.Success);
        map.Update(map.Key(2), Value(99), EbpfMapOption.NoExist).Expect(EbpfResult.ObjectAlreadyExists);
        Assert.Equal(2, sample.ObjectCount);
        Assert.Equal(Value(11), map.Find(map.Key(1)).Tail(8));
        map.Delete(map.Key(2)).Expect(EbpfResult.Success);
        Assert.Equal(1, sample.ObjectCount);
        User.Close(map.Handle).Expect(EbpfResult.Success);
        Settle();
        Assert.Equal(0, sample.ObjectCount);
    }

    private static EbpfMapDefinition Definition(BpfMapType type = Type) =>
        new() { Type = type, KeySize = 4, ValueSize = 4, MaxEntries = 3 };

    private static byte[] Value(uint number) => BitConverter.GetBytes(number);

    private TestMap NewMap(BpfMapType type = Type) => User.NewMap(type, valueSize: 4, maxEntries: 3);

    private MapProvider Register(MapProvider provider)
    {
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Register(current, provider)));
        _registered.Add(provider);
        return provider;
    }

    private void Deregister(MapProvider provider)
    {
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Deregister(current, provider)));
        _registered.Remove(provider);
    }

    private EbpfMap Reference(TestMap map)
    {
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(User.Process, map.Handle, out EbpfMap? kernel));
        return kernel!;
    }

    private void Settle() => _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
}
