using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Custom maps on each base type, and which numbers and members a provider may come with.</summary>
[Collection(TraceCollection.Name)]
public sealed class CustomBaseTests : IDisposable
{
    private const BpfMapType Type = (BpfMapType)0x8001;

    private readonly MachineEvents _listener = new();
    private readonly EbpfMachine _machine;
    private readonly RecordingMapProvider _calls = new();
    private NmrModule? _registered;

    public CustomBaseTests() => _machine = new EbpfMachine(machine: new Nt.MachineOptions { RequestIdBase = _listener.RequestIdBase });

    private EbpfUser User => _machine.User;

    public void Dispose()
    {
        User.Process.Terminate(NtStatus.Success);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        if (_registered is not null)
        {
            _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Deregister(current, _registered)));
        }

        _machine.Dispose();
        _listener.Dispose();
    }

    [Theory]
    [InlineData(15u)]
    [InlineData(16u)]
    [InlineData(0x8000u)]
    [InlineData(0xFFFFu)]
    public void A_number_of_an_extension_s_makes_maps_that_say_so(uint number)
    {
        Register(new MapProvider(Guid.Empty, new MapProviderData((BpfMapType)number, _calls.Dispatch())));
        TestMap map = User.NewMap((BpfMapType)number, valueSize: 4);
        map.Update(map.Key(1), [1, 2, 3, 4]).Expect(EbpfResult.Success);
        Assert.Equal([1, 2, 3, 4], map.Find(map.Key(1)).Tail(8));
        BpfMapInfo info = System.Runtime.InteropServices.MemoryMarshal.Read<BpfMapInfo>(User.Info(map.Handle).Bytes.AsSpan(12));
        Assert.Equal(number, (uint)info.Type);
        string name = BpfMapTypeNames.NameOf((BpfMapType)number)!;
        Assert.Equal(name, _listener.Named("MapCreate").Last().Text("type"));
        Assert.True(BpfMapTypeNames.TryParse(name, out BpfMapType parsed));
        Assert.Equal(number, (uint)parsed);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(14u)]
    [InlineData(17u)]
    [InlineData(0x7FFFu)]
    [InlineData(0x10000u)]
    [InlineData(uint.MaxValue)]
    public void A_provider_of_a_number_that_no_map_can_have_is_not_registered_and_the_numbers_are_named(uint number)
    {
        MapProvider provider = new(Guid.Empty, new MapProviderData((BpfMapType)number, _calls.Dispatch()));
        Assert.Equal(NtStatus.InvalidParameter, TryRegister(provider));
        Assert.Equal(NtStatus.InvalidParameter, Deregister(provider));
        string words = CheckTable.MapCustomType.Describe(number, 0);
        Assert.Contains($"{number} given, expected 15 (sample_hash_map), 16 (xskmap) or 32768 to 65535", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BpfMapType.Unspec)]
    [InlineData(BpfMapType.PercpuHash)]
    [InlineData(BpfMapType.PercpuArray)]
    [InlineData(BpfMapType.LruPercpuHash)]
    [InlineData(BpfMapType.ProgArray)]
    [InlineData(BpfMapType.HashOfMaps)]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Ringbuf)]
    [InlineData(Type)]
    [InlineData((BpfMapType)99)]
    public void A_base_type_without_a_value_for_each_key_is_refused(BpfMapType type)
    {
        MapProviderData data = new(Type, _calls.Dispatch()) { BaseMapType = type };
        Assert.Equal(NtStatus.NotSupported, TryRegister(new MapProvider(Guid.Empty, data)));
    }

    [Fact]
    public void A_provider_without_its_data_or_one_of_the_callbacks_that_all_have_is_not_registered()
    {
        MapProviderDispatch whole = _calls.Dispatch();
        MapProviderData?[] incomplete =
        [
            null,
            new(Type, null!),
            new(Type, whole with { PreprocessMapCreate = null! }),
            new(Type, whole with { PostprocessMapDelete = null! }),
            new(Type, whole with { AssociateProgramType = null! }),
        ];
        Assert.All(incomplete, data => Assert.Equal(NtStatus.InvalidParameter, TryRegister(new MapProvider(Guid.Empty, data!))));
    }

    [Fact]
    public void A_module_that_offers_incomplete_map_data_by_hand_serves_no_map()
    {
        foreach (object? data in (object?[])[
            null, "data", new MapProviderData(Type, null!),
            new MapProviderData(Type, _calls.Dispatch() with { PreprocessMapCreate = null! }),
        ])
        {
            PlainProvider provider = new(EbpfNpi.Map, data);
            Assert.Equal(NtStatus.Success, TryRegister(provider));
            User.CreateMap(Definition()).ExpectRefusal(CheckTable.MapCustomProvider, (uint)Type, 0);
            Assert.Equal(NtStatus.Success, Deregister(provider));
        }
    }

    [Fact]
    public void Callbacks_for_elements_may_all_be_left_out()
    {
        Register(new MapProvider(Guid.Empty, new MapProviderData(Type, _calls.Dispatch(find: false, update: false, postDelete: false))));
        TestMap map = User.NewMap(Type, valueSize: 4);
        map.Update(map.Key(1), [9, 0, 0, 0]).Expect(EbpfResult.Success);
        Assert.Equal([9, 0, 0, 0], map.Find(map.Key(1)).Tail(8));
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
    }

    [Fact]
    public void On_an_array_every_index_is_there_and_what_is_replaced_is_given_back()
    {
        TestMap map = NewMap(BpfMapType.Array, maxEntries: 2);
        Assert.Equal(Value(0), map.Find(map.Key(1)).Tail(8));
        _calls.Take();
        map.Update(map.Key(1), Value(10)).Expect(EbpfResult.Success);
        map.Update(map.Key(1), Value(11), EbpfMapOption.Exist).Expect(EbpfResult.Success);
        Assert.Equal(["update 1 10 in 4 out 0 None", "update 1 11 in 4 out 0 None", "postdelete 1 10 of 4 Update"], _calls.Take());
        map.Update(map.Key(2), Value(1)).ExpectRefusal(CheckTable.MapUpdateIndex, 2, 1);
        map.Update(map.Key(0), Value(1), EbpfMapOption.NoExist).ExpectRefusal(CheckTable.MapUpdateNoExist, 1, 0);
        map.Find(map.Key(0), delete: true).ExpectRefusal(CheckTable.MapFindDelete, 1, 0);
        map.Find(map.Key(2)).Expect(EbpfResult.ObjectNotFound);
        map.Delete(map.Key(2)).ExpectRefusal(CheckTable.MapDeleteIndex, 2, 1);
        map.Delete(map.Key(0)).Expect(EbpfResult.Success);
        Assert.Empty(_calls.Take());
        map.Delete(map.Key(1)).Expect(EbpfResult.Success);
        Assert.Equal(["postdelete 1 11 of 4 None"], _calls.Take());
        Assert.Equal(Value(0), map.Find(map.Key(1)).Tail(8));
        Assert.Equal([0u, 1u], map.Keys().Select(k => TestMap.Number(k)));
        map.Update(map.Key(0), Value(7)).Expect(EbpfResult.Success);
        _calls.Take();
        CloseAndSettle(map);
        Assert.Equal(["postdelete 0 7 of 4 MapCleanup", "deleted context"], _calls.Take());
    }

    [Fact]
    public void On_an_lru_hash_the_least_recently_used_element_goes_and_is_given_back()
    {
        TestMap map = NewMap(BpfMapType.LruHash, maxEntries: 2);
        map.Update(map.Key(1), Value(10)).Expect(EbpfResult.Success);
        map.Update(map.Key(2), Value(20)).Expect(EbpfResult.Success);
        _calls.Take();
        map.Update(map.Key(3), Value(30)).Expect(EbpfResult.Success);
        string[] calls = _calls.Take();
        Assert.Equal(2, calls.Length);
        Assert.Equal("update 3 30 in 4 out 0 None", calls[0]);
        Assert.Matches("^postdelete (1 10|2 20) of 4 Update$", calls[1]);
        Assert.Equal(2, map.Keys().Count);
        Assert.Equal(Value(30), map.Find(map.Key(3)).Tail(8));
        User.CreateMap(Definition() with { MaxEntries = 0 }).ExpectRefusal(CheckTable.MapCreateMaxEntries, 0, 1);
    }

    [Fact]
    public void On_an_lpm_trie_a_look_up_finds_the_longest_prefix()
    {
        Register(Provider(BpfMapType.LpmTrie));
        User.CreateMap(Definition() with { KeySize = 3 }).ExpectRefusal(CheckTable.MapCreateLpmKeySize, 3, 4);
        TestMap map = User.NewMap(Type, keySize: 8, valueSize: 4);
        map.Update(Prefix(8, 10), Value(1)).Expect(EbpfResult.Success);
        map.Update(Prefix(16, 10, 1), Value(2)).Expect(EbpfResult.Success);
        Assert.Equal(Value(2), map.Find(Prefix(32, 10, 1, 9, 9)).Tail(8));
        Assert.Equal(Value(1), map.Find(Prefix(32, 10, 2, 9, 9)).Tail(8));
        map.Find(Prefix(32, 11)).Expect(EbpfResult.ObjectNotFound);
        map.Find(Prefix(33)).ExpectRefusal(CheckTable.MapLpmPrefixLength, 33, 32);
        map.Find(Prefix(8, 10), delete: true).ExpectRefusal(CheckTable.MapLpmFindDelete, 1, 0);
        map.Delete(Prefix(32, 10, 1, 9, 9)).Expect(EbpfResult.KeyNotFound);
        _calls.Take();
        map.Delete(Prefix(16, 10, 1)).Expect(EbpfResult.Success);
        Assert.Equal(["postdelete 16 2 of 4 None"], _calls.Take());
        Assert.Equal(Value(1), map.Find(Prefix(32, 10, 1, 9, 9)).Tail(8));
    }

    private static byte[] Value(int number) => BitConverter.GetBytes(number);

    private static byte[] Prefix(uint length, params byte[] data) => [.. BitConverter.GetBytes(length), .. data, .. new byte[4 - data.Length]];

    private static EbpfMapDefinition Definition() => new() { Type = Type, KeySize = 4, ValueSize = 4, MaxEntries = 3 };

    private MapProvider Provider(BpfMapType @base) => new(Guid.Empty, new MapProviderData(Type, _calls.Dispatch()) { BaseMapType = @base });

    private TestMap NewMap(BpfMapType @base, uint maxEntries)
    {
        Register(Provider(@base));
        return User.NewMap(Type, valueSize: 4, maxEntries: maxEntries);
    }

    private void CloseAndSettle(TestMap map)
    {
        User.Close(map.Handle).Expect(EbpfResult.Success);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private void Register(NmrModule module)
    {
        Assert.Equal(NtStatus.Success, TryRegister(module));
        _registered = module;
    }

    private NtStatus TryRegister(NmrModule module)
    {
        NtStatus status = NtStatus.Pending;
        _machine.InKernel(current => status = _machine.Machine.Nmr.Register(current, module));
        return status;
    }

    private NtStatus Deregister(NmrModule module)
    {
        NtStatus status = NtStatus.Pending;
        _machine.InKernel(current => status = _machine.Machine.Nmr.Deregister(current, module));
        return status;
    }

    private sealed class PlainProvider(Guid npi, object? characteristics) : NmrProvider(npi, Guid.Empty, characteristics)
    {
        public override NtStatus AttachClient(KeThread current, NmrBinding binding) => NtStatus.Success;

        public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
    }
}
