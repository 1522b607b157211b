using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Maps;

public class LpmTrieMapTests
{
    [Fact]
    public void Routes_are_matched_longest_first()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using LpmTrieMap<uint, int> routes = session.CreateLpmTrieMap<uint, int>("routes", 16);
        Assert.False(routes.TryMatch(Address(10, 1, 2, 3), out _));
        routes[Prefix(0)] = 100;
        Assert.True(routes.TryAdd(Prefix(8, 10), 8));
        Assert.False(routes.TryAdd(Prefix(8, 10, 77), 9));
        Assert.True(routes.TryReplace(Prefix(8, 10), 10));
        routes[Prefix(24, 10, 1, 2)] = 24;
        Assert.True(routes.TryMatch(Address(10, 1, 2, 3), out int hop));
        Assert.Equal(24, hop);
        Assert.Equal(24, routes[Prefix(25, 10, 1, 2)]);
        Assert.Equal(10, routes[Prefix(32, 10, 1, 3)]);
        Assert.True(routes.TryMatch(Address(192, 168, 0, 1), out hop));
        Assert.Equal(100, hop);
        Assert.False(routes.Delete(Prefix(23, 10, 1, 2)));
        Assert.True(routes.Delete(Prefix(24, 10, 1, 2)));
        Assert.Equal(10, routes[Prefix(32, 10, 1, 2)]);
        Assert.Equal((uint[])[0, 8], routes.Select(e => e.Key.PrefixLength).Order());
    }

    [Fact]
    public void A_key_has_no_gap_whatever_its_data()
    {
        Assert.Equal(5, Unsafe.SizeOf<LpmKey<byte>>());
        Assert.Equal(8, Unsafe.SizeOf<LpmKey<uint>>());
        Assert.Equal(12, Unsafe.SizeOf<LpmKey<ulong>>());
        Assert.Equal(20, Unsafe.SizeOf<LpmKey<UInt128>>());
        Assert.Equal("7/3", new LpmKey<int>(3, 7).ToString());

        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using LpmTrieMap<ulong, Twelve> map = session.CreateLpmTrieMap<ulong, Twelve>("m", 4);
        Assert.Equal((12, 64), (map.KeySize, map.LongestPrefix));
        map[new LpmKey<ulong>(60, ulong.MaxValue)] = new Twelve { Packets = 6 };
        Assert.True(map.TryMatch(ulong.MaxValue, out Twelve found));
        Assert.Equal(6u, found.Packets);
        Assert.False(map.TryMatch(0x7FFF_FFFF_FFFF_FF0F, out _));
        using LpmTrieMap<ulong, Twelve> again = session.OpenLpmTrieMap<ulong, Twelve>(2);
        Assert.Single(again);
    }

    [Fact]
    public void A_prefix_longer_than_its_data_is_an_exception_that_says_so()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using LpmTrieMap<uint, int> routes = session.CreateLpmTrieMap<uint, int>("routes", 16);
        foreach (Action use in (Action[])[
            () => routes[Prefix(33)] = 1,
            () => routes.TryGet(Prefix(33), out _),
            () => routes.TryAdd(Prefix(33), 1),
            () => routes.Delete(Prefix(33)),
            () => routes.UpdateBatch([Prefix(32), Prefix(33)], [1, 2])])
        {
            BpfException refused = Assert.Throws<BpfException>(use);
            Assert.Equal((Errno.EINVAL, "map.lpm.prefix_length"), (refused.Errno, refused.Check!.Id));
            Assert.Equal((33L, 32L), (refused.Given, refused.Expected));
        }
    }

    [Fact]
    public void Batches_bring_and_take_every_prefix_once()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using LpmTrieMap<uint, int> routes = session.CreateLpmTrieMap<uint, int>("routes", 16);
        LpmKey<uint>[] keys =
            [.. Enumerable.Range(0, 9000).Select(i => new LpmKey<uint>((uint)(14 + (i % 19)), BinaryPrimitives.ReverseEndianness((uint)i << 18)))];
        routes.UpdateBatch(keys, [.. Enumerable.Range(0, 9000)], EbpfMapOption.NoExist);
        Assert.Equal(keys.Select(k => k.Data).Order(), routes.Select(e => e.Key.Data).Order());
        routes.DeleteBatch(keys.AsSpan(0, 1000));
        BatchResult taken = routes.LookupAndDeleteBatch(new LpmKey<uint>[10_000], new int[10_000]);
        Assert.Equal((8000, BatchStatus.End), (taken.Count, taken.Status));
        Assert.Empty(routes);
    }

    private static uint Address(byte a, byte b, byte c, byte d) => BitConverter.ToUInt32([a, b, c, d]);

    private static LpmKey<uint> Prefix(uint length, byte a = 0, byte b = 0, byte c = 0) => new(length, Address(a, b, c, 0));
}
