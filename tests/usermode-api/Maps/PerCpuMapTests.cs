using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Maps;

public class PerCpuMapTests
{
    [Fact]
    public void An_element_has_a_value_for_each_cpu()
    {
        using var lab = new Lab(cpus: 4);
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<uint, ulong> map = session.CreatePerCpuHashMap<uint, ulong>("m", 16);
        PerCpuValue<ulong> value = map.NewValue();
        value[2] = 5;
        value[3]++;
        Assert.True(map.TryAdd(7, value));
        Assert.False(map.TryAdd(7, value));
        PerCpuValue<ulong> back = map.Find(7)!;
        Assert.Equal([0UL, 0, 5, 1], Values(back));
        Assert.Equal(6UL, back.Sum());
        Assert.Null(map.Find(8));
        map.Set(7, [1UL, 2, 3, 4]);
        Assert.True(map.TryGet(7, back));
        Assert.Equal(10UL, back.Sum());
        var span = new ulong[4];
        Assert.True(map.TryGet(7, span));
        Assert.Equal([1UL, 2, 3, 4], span);
        value.Fill(9);
        Assert.True(map.TryReplace(7, value));
        Assert.False(map.TryReplace(8, value));
        Assert.True(map.TryTake(7, back));
        Assert.Equal(36UL, back.Sum());
        Assert.False(map.TryTake(7, back));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(17)]
    public void Values_of_any_size_travel_without_their_padding_showing(int size)
    {
        switch (size)
        {
            case 1:
                RoundTrip(i => (byte)i);
                break;
            case 2:
                RoundTrip(i => (ushort)(i * 3));
                break;
            case 4:
                RoundTrip(i => (uint)i * 7);
                break;
            case 8:
                RoundTrip(i => (ulong)i * 11);
                break;
            case 12:
                RoundTrip(i => new Twelve { Bytes = (ulong)i, Packets = (uint)i + 1 });
                break;
            case 16:
                RoundTrip(i => (UInt128)i << 70);
                break;
            default:
                RoundTrip(i => new Seventeen { First = (ulong)i, Second = ~(ulong)i, Last = (byte)i });
                break;
        }
    }

    [Fact]
    public void A_value_owns_its_padding_and_its_cpus()
    {
        var value = new PerCpuValue<Twelve>(3);
        Assert.Equal((3, 48), (value.Count, value.Bytes.Length));
        Assert.False(value.TryGetSpan(out _));
        value[1] = new Twelve { Bytes = 0x0102030405060708, Packets = 9 };
        Assert.Equal((8, 9), (value.Bytes[16], value.Bytes[24]));
        var flat = new Twelve[3];
        value.CopyTo(flat);
        Assert.Equal(9u, flat[1].Packets);
        flat[2].Packets = 4;
        value.CopyFrom(flat);
        Assert.Equal(4u, value[2].Packets);
        Assert.Throws<ArgumentOutOfRangeException>(() => value[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => value[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PerCpuValue<int>(0));
    }

    [Fact]
    public void A_value_without_padding_is_a_span_and_sums_with_any_number()
    {
        var counters = new PerCpuValue<ulong>(2);
        Assert.True(counters.TryGetSpan(out Span<ulong> span));
        span[1] = 4;
        Assert.Equal(4UL, counters[1]);
        Assert.Equal("[0, 4]", counters.ToString());
        foreach (ref ulong slot in counters)
        {
            slot++;
        }

        Assert.Equal(6UL, counters.Sum());
        var doubles = new PerCpuValue<double>(2);
        doubles.Fill(1.5);
        Assert.Equal(3.0, doubles.Sum());
        var bytes = new PerCpuValue<byte>(3);
        bytes.Fill(100);
        Assert.Equal(44, bytes.Sum());
    }

    [Fact]
    public void A_flat_span_is_seen_element_by_element()
    {
        ulong[] values = [1, 2, 3, 10, 20, 30];
        var view = new PerCpuSpan<ulong>(values, 3);
        Assert.Equal((2, 3), (view.Count, view.CpuCount));
        Assert.Equal([10UL, 20, 30], view[1].ToArray());
        Assert.Equal(60UL, view.Sum(1));
        view[0, 2] = 7;
        Assert.Equal(7UL, values[2]);
    }

    [Fact]
    public void Batches_fill_and_empty_a_map_across_messages()
    {
        using var lab = new Lab(cpus: 8);
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<uint, ulong> map = session.CreatePerCpuHashMap<uint, ulong>("m", 4096);
        const int Count = (2 * 963) + 1;
        uint[] keys = [.. Enumerable.Range(0, Count).Select(i => (uint)i)];
        ulong[] values = [.. Enumerable.Range(0, Count * 8).Select(i => (ulong)i)];
        map.UpdateBatch(keys, values);
        var backKeys = new uint[Count];
        var backValues = new ulong[Count * 8];
        Assert.Equal(Count, map.LookupBatch(new BatchCursor(), backKeys, backValues).Count);
        var view = new PerCpuSpan<ulong>(backValues, 8);
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(values.AsSpan((int)backKeys[i] * 8, 8), view[i]);
        }

        int seen = 0;
        foreach (PerCpuEntry<uint, ulong> entry in map)
        {
            Assert.Equal((entry.Key * 64UL) + 28, entry.Sum());
            Assert.Equal(8, entry.Values.Length);
            seen++;
        }

        Assert.Equal(Count, seen);
        Assert.Equal(Count, map.LookupAndDeleteBatch(backKeys, backValues).Count);
        Assert.Equal(new BatchResult(0, BatchStatus.End), map.LookupAndDeleteBatch(backKeys, backValues));
    }

    [Fact]
    public void Spans_and_values_for_too_few_cpus_are_refused()
    {
        using var lab = new Lab(cpus: 4);
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<uint, ulong> map = session.CreatePerCpuHashMap<uint, ulong>("stats", 16);
        BpfException refused = Assert.Throws<BpfException>(() => map.UpdateBatch([1, 2], new ulong[2]));
        Assert.Equal(
            "map 'stats': values 2 given, expected 8 (keys.Length 2 x 4 CPUs) [KS1411 typed.values_length] -> EINVAL", refused.Message);
        foreach ((string check, Action call) in ((string, Action)[])[
            ("typed.values_length", () => map.LookupBatch(new BatchCursor(), new uint[2], new ulong[7])),
            ("typed.values_length", () => map.LookupAndDeleteBatch(new uint[2], new ulong[7])),
            ("typed.cpu_count", () => map.Set(1, new ulong[3])),
            ("typed.cpu_count", () => map.TryGet(1, new ulong[5])),
            ("typed.cpu_count", () => map.Set(1, new PerCpuValue<ulong>(3))),
            ("typed.cpu_count", () => map.TryTake(1, new PerCpuValue<ulong>(5)))])
        {
            Assert.Equal(check, Assert.Throws<BpfException>(call).Check!.Id);
        }
    }

    [Fact]
    public void A_per_cpu_array_is_there_from_the_start()
    {
        using var lab = new Lab(cpus: 3);
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuArrayMap<uint> map = session.CreatePerCpuArrayMap<uint>("a", 5);
        map.Set(4, [1u, 2, 3]);
        Assert.Equal(6u, map.Find(4)!.Sum());
        Assert.Equal(0u, map.Find(0)!.Sum());
        Assert.Null(map.Find(5));
        var keys = new uint[5];
        var values = new uint[15];
        Assert.Equal(new BatchResult(5, BatchStatus.More), map.LookupBatch(new BatchCursor(), keys, values));
        Assert.Equal([0u, 1, 2, 3, 4], keys);
        Assert.Equal([1u, 2, 3], values[12..]);
        Assert.True(map.Delete(4));
        Assert.Equal(0u, map.Find(4)!.Sum());
    }

    private static void RoundTrip<T>(Func<int, T> make)
        where T : unmanaged
    {
        const int Cpus = 3;
        const int Count = 3000;
        using var lab = new Lab(cpus: Cpus);
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<uint, T> map = session.CreatePerCpuHashMap<uint, T>("m", 4096);
        uint[] keys = [.. Enumerable.Range(0, Count).Select(i => (uint)i)];
        T[] values = [.. Enumerable.Range(0, Count * Cpus).Select(make)];
        map.UpdateBatch(keys, values);
        var backKeys = new uint[Count];
        var backValues = new T[Count * Cpus];
        Assert.Equal(Count, map.LookupBatch(new BatchCursor(), backKeys, backValues).Count);
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(values.AsSpan((int)backKeys[i] * Cpus, Cpus).ToArray(), backValues.AsSpan(i * Cpus, Cpus).ToArray());
        }

        PerCpuValue<T> one = map.Find(77)!;
        Assert.Equal(values[(77 * Cpus) + 2], one[2]);
        Assert.Equal((Unsafe.SizeOf<T>() + 7) / 8 * 8 * Cpus, one.Bytes.Length);
    }

    private static T[] Values<T>(PerCpuValue<T> value)
        where T : unmanaged
    {
        var values = new T[value.Count];
        value.CopyTo(values);
        return values;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Seventeen
    {
        public ulong First;
        public ulong Second;
        public byte Last;
    }
}
