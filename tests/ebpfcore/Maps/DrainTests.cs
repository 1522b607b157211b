using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Walks from the start of a map that is being emptied from its start and filled anywhere: each begins at the first element.</summary>
public sealed class DrainTests : IDisposable
{
    private const int Keys = 300;

    private readonly EbpfMachine _machine = new();
    private readonly Random _random = new(7);

    // All keys in the map's order, which depends on nothing else; and those that are in the map.
    private List<byte[]> _order = [];
    private SortedSet<int> _ranks = [];

    public static TheoryData<BpfMapType> Types =>
    [
        BpfMapType.Hash, BpfMapType.PercpuHash, BpfMapType.LruHash, BpfMapType.LruPercpuHash, BpfMapType.LpmTrie,
    ];

    public void Dispose() => _machine.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void Messages_that_read_and_delete_take_the_first_elements_whatever_was_inserted_between_them(BpfMapType type)
    {
        TestMap map = NewMap(type);
        for (int round = 0; round < 2000; round++)
        {
            Change(map);
            int wanted = _random.Next(1, 20);
            List<byte[]> first = [.. _ranks.Take(wanted).Select(r => _order[r])];
            Answer answer = map.GetBatch(wanted, delete: true);
            Assert.Equal(first, answer.Status == NtStatus.Success ? map.Records(answer).Select(r => r.Key) : []);
            _ranks = [.. _ranks.Skip(wanted)];
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_first_key_is_the_first_of_those_that_are_there_however_many_were_deleted_before_it(BpfMapType type)
    {
        TestMap map = NewMap(type);
        for (int round = 0; round < 2000; round++)
        {
            Change(map);
            for (int i = _random.Next(10); i >= 0 && _ranks.Count > 0; i--)
            {
                Assert.Equal(_order[_ranks.Min], map.NextKey([]).Tail(16));
                Assert.Equal(_order[_ranks.Min], map.Records(map.GetBatch(1))[0].Key);
                map.Delete(_order[_ranks.Min]).Expect(EbpfResult.Success);
                _ranks.Remove(_ranks.Min);
            }

            map.NextKey([]).Expect(_ranks.Count > 0 ? EbpfResult.Success : EbpfResult.NoMoreKeys);
        }
    }

    private TestMap NewMap(BpfMapType type)
    {
        bool isTrie = type == BpfMapType.LpmTrie;
        TestMap map = _machine.User.NewMap(type, keySize: isTrie ? 8u : 4u, maxEntries: 1024);
        for (int i = 0; i < Keys; i++)
        {
            map.Update(isTrie ? [32, 0, 0, 0, .. BitConverter.GetBytes(i)] : map.Key((uint)i), map.Value(i)).Expect(EbpfResult.Success);
        }

        _order = map.Keys();
        _ranks = [.. Enumerable.Range(0, Keys)];
        return map;
    }

    /// <summary>Inserts some elements, now and then none or many, and deletes some.</summary>
    private void Change(TestMap map)
    {
        for (int i = _random.Next(_random.Next(2) == 0 ? 3 : 30); i > 0; i--)
        {
            int rank = _random.Next(Keys);
            map.Update(_order[rank], map.Value(rank)).Expect(EbpfResult.Success);
            _ranks.Add(rank);
            rank = _random.Next(Keys);
            map.Delete(_order[rank]);
            _ranks.Remove(rank);
        }
    }
}
