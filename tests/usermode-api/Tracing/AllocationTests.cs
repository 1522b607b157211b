using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Tracing;

/// <summary>
/// A batch call makes no garbage for its elements. What the kernel may need for a whole message now and then is far below a byte an
/// element.
/// </summary>
[Collection(nameof(TracedCollection))]
public class AllocationTests
{
    private const int Elements = 20_000;
    private const long NotForElements = Elements / 8;

    [Fact]
    public void Typed_batches_on_a_per_cpu_map_allocate_nothing()
    {
        using var lab = new Lab(cpus: 2);
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<uint, ulong> map = session.CreatePerCpuHashMap<uint, ulong>("m", 1 << 15);
        uint[] keys = [.. Enumerable.Range(0, Elements).Select(i => (uint)i)];
        var values = new ulong[Elements * 2];
        var cursor = new BatchCursor();
        map.UpdateBatch(keys, values);
        AssertNoGarbage(() => map.UpdateBatch(keys, values));
        AssertNoGarbage(() =>
        {
            cursor.Reset();
            map.LookupBatch(cursor, keys, values);
        });
        AssertNoGarbage(() =>
        {
            map.DeleteBatch(keys);
            map.UpdateBatch(keys, values);
        });
        AssertNoGarbage(() =>
        {
            map.LookupAndDeleteBatch(keys, values);
            map.UpdateBatch(keys, values);
        });
    }

    [Fact]
    public void Typed_batches_of_values_that_need_padding_allocate_nothing()
    {
        using var lab = new Lab(cpus: 2);
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<ulong, Twelve> map = session.CreatePerCpuHashMap<ulong, Twelve>("m", 1 << 15);
        ulong[] keys = [.. Enumerable.Range(0, Elements).Select(i => (ulong)i)];
        var values = new Twelve[Elements * 2];
        var cursor = new BatchCursor();
        map.UpdateBatch(keys, values);
        AssertNoGarbage(() => map.UpdateBatch(keys, values));
        AssertNoGarbage(() =>
        {
            cursor.Reset();
            map.LookupBatch(cursor, keys, values);
        });
    }

    [Fact]
    public void Single_typed_calls_and_enumerating_allocate_nothing_for_an_element()
    {
        using var lab = new Lab(cpus: 2);
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("m", 1 << 15);
        uint[] keys = [.. Enumerable.Range(0, Elements).Select(i => (uint)i)];
        map.UpdateBatch(keys, new ulong[Elements]);
        AssertNoGarbage(() =>
        {
            map[7] = 8;
            Assert.True(map.TryGet(7, out _));
            map.Delete(8);
            map.TryAdd(8, 9);
        });

        // A cursor, and what the pool of arrays may need: nothing that grows with the map.
        Assert.InRange(Garbage(() =>
        {
            foreach (KeyValuePair<uint, ulong> element in map)
            {
                Assert.True(element.Key < Elements);
            }
        }), 0, NotForElements);
    }

    [Theory]
    [InlineData(LibraryVersion.Checked)]
    [InlineData(LibraryVersion.Upstream)]
    [InlineData(LibraryVersion.Before3564)]
    public void Libbpf_shaped_batches_allocate_nothing_for_an_element(LibraryVersion version)
    {
        using var lab = new Lab(version, cpus: 1);
        int fd = lab.CreateMap(BpfMapType.Hash, maxEntries: 1 << 15);
        Batch batch = lab.NewBatch(fd, Elements, 4, 8);
        for (uint key = 0; key < Elements; key++)
        {
            lab.Write(batch.Keys + (key * 4), key);
        }

        ulong opts = lab.Options();
        Assert.Equal(0, batch.Update(opts));
        foreach (Func<int> call in (Func<int>[])[() => batch.Update(opts), () => batch.Lookup(opts)])
        {
            AssertNoGarbage(() => Assert.Equal(0, call()));
        }
    }

    [Theory]
    [InlineData(LibraryVersion.Checked, BpfMapType.PercpuHash)]
    [InlineData(LibraryVersion.Checked, BpfMapType.Hash)]
    [InlineData(LibraryVersion.Checked, BpfMapType.LruHash)]
    [InlineData(LibraryVersion.Checked, BpfMapType.PercpuArray)]
    [InlineData(LibraryVersion.Upstream, BpfMapType.PercpuHash)]
    [InlineData(LibraryVersion.Before3564, BpfMapType.PercpuHash)]
    public void Libbpf_shaped_single_calls_allocate_nothing(LibraryVersion version, BpfMapType type)
    {
        using var lab = new Lab(version, cpus: 2);
        using var library = new Libbpf(lab.Process.Gate, version);
        int fd = library.bpf_map_create(type, "m", 4, 8, 256);
        ulong key = lab.Put(7u);
        ulong next = lab.Put(0u);
        ulong value = lab.Put(1ul, 2ul);
        Assert.Equal(0, library.bpf_map_update_elem(fd, key, value, 0));
        Assert.Equal(0, LeastGarbage(() =>
        {
            library.bpf_map_lookup_elem(fd, key, value);
            library.bpf_map_update_elem(fd, key, value, 0);
            library.bpf_map_get_next_key(fd, 0, next);
            library.bpf_map_delete_elem(fd, key);
            library.bpf_map_lookup_elem(fd, key, value);
            library.bpf_map_update_elem(fd, key, value, 0);
        }));
        Assert.Equal(0, library.bpf_map_lookup_elem(fd, key, value));
    }

    private static void AssertNoGarbage(Action call) => Assert.InRange(Garbage(call), 0, NotForElements);

    /// <summary>Bytes that a call allocates on this thread, once everything it uses is warm.</summary>
    private static long Garbage(Action call)
    {
        for (int i = 0; i < 3; i++)
        {
            call();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>
    /// Bytes that some calls allocate on this thread. What a call allocates is allocated in every round; what a collection counts, and what the
    /// kernel allocates when its timer fires now and then, is not.
    /// </summary>
    private static long LeastGarbage(Action call)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                call();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
