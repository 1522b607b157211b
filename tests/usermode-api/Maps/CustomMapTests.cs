using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Maps;

/// <summary>Typed maps of an extension's own type.</summary>
public sealed class CustomMapTests : IDisposable
{
    private const BpfMapType Type = (BpfMapType)40_000;

    private readonly Lab _lab = new();
    private readonly BpfSession _session;
    private readonly List<MapProvider> _providers = [];

    public CustomMapTests() => _session = new BpfSession(_lab.Tap);

    public void Dispose()
    {
        _session.Dispose();
        _lab.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        using (KernelScope kernel = _lab.Machine.EnterKernel())
        {
            foreach (MapProvider provider in _providers)
            {
                Assert.Equal(NtStatus.Success, _lab.Machine.Nmr.Deregister(kernel.Thread, provider));
            }
        }

        _lab.Dispose();
    }

    [Fact]
    public void A_map_is_created_used_and_opened_by_its_id()
    {
        Register(BpfMapType.Hash);
        using CustomMap<uint, ulong> map = _session.CreateCustomMap<uint, ulong>(Type, "own", 3);
        map[1] = 10;
        Assert.False(map.TryAdd(1, 11));
        Assert.True(map.TryAdd(2, 20));
        Assert.True(map.TryReplace(2, 21));
        Assert.False(map.TryReplace(9, 1));
        map.UpdateBatch([3], [30]);
        Assert.Equal(CheckTable.MapCustomFull, Assert.Throws<BpfException>(() => map[4] = 40).Check);
        Assert.Equal([(1u, 10ul), (2u, 21ul), (3u, 30ul)], map.Select(e => (e.Key, e.Value)).Order());
        Assert.True(map.TryTake(3, out ulong taken));
        Assert.Equal(30ul, taken);
        Assert.True(map.Delete(2));
        Assert.Throws<KeyNotFoundException>(() => map[2]);
        Assert.Equal("map 'own' (custom_40000)", map.ToString());

        using CustomMap<uint, ulong> again = _session.OpenCustomMap<uint, ulong>(Type, 2);
        Assert.Equal(10ul, again[1]);
        Assert.Equal(
            "custom_40000 given, expected custom_40000",
            CheckTable.TypedMapType.Describe((long)Type, (long)Type));
        Assert.Equal(CheckTable.TypedMapType, Assert.Throws<BpfException>(() => _session.OpenHashMap<uint, ulong>(2)).Check);
    }

    [Fact]
    public void On_an_array_all_indexes_are_there()
    {
        Register(BpfMapType.Array);
        using CustomMap<uint, ulong> map = _session.CreateCustomMap<uint, ulong>(Type, "own", 2);
        map[1] = 7;
        Assert.Equal([(0u, 0ul), (1u, 7ul)], map.Select(e => (e.Key, e.Value)));
    }

    [Fact]
    public void Without_a_provider_there_is_no_map()
    {
        BpfException refused = Assert.Throws<BpfException>(() => _session.CreateCustomMap<uint, ulong>(Type, "own", 2));
        Assert.Equal(CheckTable.MapCustomProvider, refused.Check);
        Assert.Contains("custom_40000 given", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData((BpfMapType)17)]
    [InlineData((BpfMapType)65_536)]
    public void Another_type_is_refused_and_the_numbers_are_named(BpfMapType type)
    {
        Assert.Contains(
            "expected 15 (sample_hash_map), 16 (xskmap) or 32768 to 65535",
            Assert.Throws<ArgumentOutOfRangeException>(() => _session.CreateCustomMap<uint, ulong>(type, "own", 2)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _session.OpenCustomMap<uint, ulong>(type, 2));
    }

    private void Register(BpfMapType baseType)
    {
        MapProviderDispatch dispatch = new(
            (KeThread _, EbpfMapDefinition definition, out uint size, out object? context) =>
            {
                size = definition.ValueSize;
                context = null;
                return EbpfResult.Success;
            },
            (_, _) => { },
            (_, _, _) => EbpfResult.Success);
        MapProvider provider = new(Guid.Empty, new MapProviderData(Type, dispatch) { BaseMapType = baseType });
        using KernelScope kernel = _lab.Machine.EnterKernel();
        Assert.Equal(NtStatus.Success, _lab.Machine.Nmr.Register(kernel.Thread, provider));
        _providers.Add(provider);
    }
}
