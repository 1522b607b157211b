using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Maps;

/// <summary>Maps of maps as a .NET program uses them.</summary>
public sealed class ObjectMapTests : IDisposable
{
    private readonly Lab _lab = new();
    private readonly BpfSession _session;

    public ObjectMapTests()
    {
        _session = new BpfSession(_lab.Process.Gate);
    }

    public void Dispose()
    {
        _session.Dispose();
        _lab.Dispose();
    }

    [Fact]
    public void An_inner_map_is_put_in_read_as_an_id_and_opened_by_it()
    {
        using HashMap<uint, ulong> template = NewInner("a");
        using HashOfMaps<ulong> outer = _session.CreateHashOfMaps<ulong>("outer", template, 16);
        Assert.Equal((BpfMapType.HashOfMaps, 8, 4), (outer.Type, outer.KeySize, (int)outer.ValueLayout.ValueSize));
        Assert.False(outer.TryGetId(7, out uint id));
        Assert.Equal(0u, id);
        using (HashMap<uint, ulong> inner = NewInner("b"))
        {
            outer.Set(7, inner);
            inner[1] = 11;
        }

        Assert.True(outer.TryGetId(7, out id));
        using HashMap<uint, ulong> opened = _session.OpenHashMap<uint, ulong>(id);
        Assert.Equal(("b", 11ul), (opened.Name, opened[1]));
        using HashOfMaps<ulong> again = _session.OpenHashOfMaps<ulong>(3);
        Assert.Equal([new KeyValuePair<ulong, uint>(7, id)], again);
    }

    [Fact]
    public void Add_replace_and_delete_say_whether_there_was_one()
    {
        using HashMap<uint, ulong> a = NewInner("a");
        using HashMap<uint, ulong> b = NewInner("b");
        using HashOfMaps<uint> outer = _session.CreateHashOfMaps<uint>("outer", a, 16);
        Assert.False(outer.TryReplace(1, a));
        Assert.True(outer.TryAdd(1, a));
        Assert.False(outer.TryAdd(1, b));
        Assert.True(outer.TryReplace(1, b));
        Assert.Equal([new KeyValuePair<uint, uint>(1, 3)], outer);
        Assert.True(outer.Delete(1));
        Assert.False(outer.Delete(1));
        Assert.Empty(outer);
    }

    [Fact]
    public void Slots_of_an_array_are_set_and_cleared_and_empty_ones_are_not_enumerated()
    {
        using HashMap<uint, ulong> a = NewInner("a");
        using ArrayOfMaps outer = _session.CreateArrayOfMaps("outer", a, 40);
        Assert.Empty(outer);
        outer.Set(0, a);
        outer.Set(39, a);
        outer.Clear(5);
        Assert.Equal([0u, 39u], outer.Select(e => e.Key));
        outer.Clear(0);
        Assert.False(outer.TryGetId(0, out _));
        Assert.True(outer.Delete(39));
        Assert.True(outer.Delete(39));
        Assert.False(outer.TryGetId(40, out _));
        AssertRefused("map.update.index", 40, 39, Errno.EINVAL, () => outer.Set(40, a));
        AssertRefused("map.update.index", 40, 39, Errno.EINVAL, () => outer.Clear(40));
        using ArrayOfMaps again = _session.OpenArrayOfMaps(3);
        Assert.Equal(40u, again.MaxEntries);
    }

    [Fact]
    public void A_batch_shows_empty_slots_as_0()
    {
        using HashMap<uint, ulong> a = NewInner("a");
        using ArrayOfMaps outer = _session.CreateArrayOfMaps("outer", a, 3);
        outer.Set(1, a);
        uint[] keys = new uint[4];
        uint[] ids = new uint[4];
        Assert.Equal(new BatchResult(3, BatchStatus.End), outer.LookupBatch(new BatchCursor(), keys, ids));
        Assert.Equal([0u, 2, 0], ids[..3]);
        AssertRefused("typed.values_length", 1, 4, Errno.EINVAL, () => outer.LookupBatch(new BatchCursor(), keys, ids.AsSpan(0, 1)));
        outer.DeleteBatch([0, 1]);
        Assert.Empty(outer);
    }

    [Fact]
    public void Many_inner_maps_are_enumerated_once_each()
    {
        using HashMap<uint, ulong> template = NewInner("a");
        using HashOfMaps<uint> outer = _session.CreateHashOfMaps<uint>("outer", template, 300);
        Dictionary<uint, uint> expected = [];
        for (uint i = 0; i < 300; i++)
        {
            using HashMap<uint, ulong> inner = NewInner("x");
            outer.Set(i, inner);
            Assert.True(outer.TryGetId(i, out uint id));
            expected[i] = id;
        }

        Assert.Equal(expected.Order(Comparer<KeyValuePair<uint, uint>>.Create((l, r) => l.Key.CompareTo(r.Key))), outer.OrderBy(e => e.Key));
        Assert.Equal(300, expected.Values.Distinct().Count());
    }

    [Fact]
    public void A_map_unlike_the_template_is_refused_with_what_differs()
    {
        using HashMap<uint, ulong> template = NewInner("a");
        using HashOfMaps<uint> outer = _session.CreateHashOfMaps<uint>("outer", template, 16);
        using ArrayMap<ulong> array = _session.CreateArrayMap<ulong>("array", 8);
        using HashMap<ulong, ulong> keys = _session.CreateHashMap<ulong, ulong>("keys", 8);
        using HashMap<uint, uint> values = _session.CreateHashMap<uint, uint>("values", 8);
        using HashMap<uint, ulong> entries = _session.CreateHashMap<uint, ulong>("entries", 9);
        AssertRefused("map.inner.type", 2, 1, Errno.EINVAL, () => outer.Set(1, array));
        AssertRefused("map.inner.key_size", 8, 4, Errno.EINVAL, () => outer.TryAdd(1, keys));
        AssertRefused("map.inner.value_size", 4, 8, Errno.EINVAL, () => outer.Set(1, values));
        AssertRefused("map.inner.max_entries", 9, 8, Errno.EINVAL, () => outer.Set(1, entries));
        Assert.Empty(outer);
    }

    [Fact]
    public void Maps_of_another_session_and_closed_ones_are_refused_before_a_call()
    {
        using HashMap<uint, ulong> a = NewInner("a");
        using HashOfMaps<uint> outer = _session.CreateHashOfMaps<uint>("outer", a, 16);
        using BpfSession other = new(_lab.Process.Gate);
        using HashMap<uint, ulong> foreign = other.OpenHashMap<uint, ulong>(2);
        Assert.Throws<ArgumentException>(() => outer.Set(1, foreign));
        Assert.Throws<ArgumentException>(() => _session.CreateArrayOfMaps("m", foreign, 1));
        Assert.Throws<ArgumentNullException>(() => outer.Set(1, null!));
        HashMap<uint, ulong> closed = NewInner("b");
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => outer.Set(1, closed));
        Assert.Throws<ObjectDisposedException>(() => _session.CreateHashOfMaps<uint>("m", closed, 1));
    }

    [Fact]
    public void A_map_of_maps_is_opened_by_its_own_class_only()
    {
        using HashMap<uint, ulong> a = NewInner("a");
        using HashOfMaps<uint> outer = _session.CreateHashOfMaps<uint>("outer", a, 16);
        AssertRefused("typed.open.type", 12, 13, Errno.EINVAL, () => _session.OpenArrayOfMaps(3), anyNumbers: true);
        AssertRefused("typed.open.key_size", 8, 4, Errno.EINVAL, () => _session.OpenHashOfMaps<ulong>(3));
        AssertRefused("typed.open.type", 0, 0, Errno.EINVAL, () => _session.OpenProgramArray(3), anyNumbers: true);
    }

    [Fact]
    public void A_program_array_takes_no_map_and_an_empty_slot_opens_as_null()
    {
        using ProgramArray array = _session.CreateProgramArray("jumps", 4);
        Assert.Null(array.Open(1));
        Assert.Empty(array);
        array.Clear(3);
        AssertRefused("map.update.index", 4, 3, Errno.EINVAL, () => array.Clear(4));
        using HashMap<uint, ulong> map = NewInner("a");
        ulong key = _lab.Put(0u);
        Assert.Equal(-(int)Errno.EINVAL, _session.Library.bpf_map_update_elem(array.Descriptor, key, _lab.Put(map.Descriptor), 0));
        Assert.Equal("object.type", _session.Library.LastRefusal!.Check.Id);
        using ProgramArray again = _session.OpenProgramArray(2);
        Assert.Equal(4u, again.MaxEntries);
    }

    private static void AssertRefused(string check, long given, long expected, Errno errno, Action call, bool anyNumbers = false)
    {
        BpfException exception = Assert.Throws<BpfException>(call);
        Assert.Equal((check, errno), (exception.Check!.Id, exception.Errno));
        if (!anyNumbers)
        {
            Assert.Equal((given, expected), (exception.Given!.Value, exception.Expected!.Value));
        }
    }

    private HashMap<uint, ulong> NewInner(string name) => _session.CreateHashMap<uint, ulong>(name, 8);
}
