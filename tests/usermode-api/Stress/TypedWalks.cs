using KernelSim.Protocol;

namespace KernelSim.UserMode.Tests.Stress;

/// <summary>Walks by the typed API. An element is known by a number, as <see cref="MapUser"/> has it.</summary>
internal static class TypedWalks
{
    /// <summary>The numbers that batch lookups with one cursor deliver.</summary>
    public static IReadOnlyList<uint> ByCursor(BpfSession session, BpfMapType type, uint id, int count)
    {
        switch (type)
        {
            case BpfMapType.PercpuHash:
                return ByCursor(
                    session.OpenPerCpuHashMap<uint, ulong>(id),
                    count,
                    (map, cursor, keys) => map.LookupBatch(cursor, keys, new ulong[count * map.CpuCount]),
                    k => k);
            case BpfMapType.LruPercpuHash:
                return ByCursor(
                    session.OpenLruPerCpuHashMap<uint, ulong>(id),
                    count,
                    (map, cursor, keys) => map.LookupBatch(cursor, keys, new ulong[count * map.CpuCount]),
                    k => k);
            case BpfMapType.PercpuArray:
                return ByCursor(
                    session.OpenPerCpuArrayMap<ulong>(id),
                    count,
                    (map, cursor, keys) => map.LookupBatch(cursor, keys, new ulong[count * map.CpuCount]),
                    k => k);
            case BpfMapType.Hash:
                return ByCursor(
                    session.OpenHashMap<uint, ulong>(id), count, (map, cursor, keys) => map.LookupBatch(cursor, keys, new ulong[count]), k => k);
            case BpfMapType.LruHash:
                return ByCursor(
                    session.OpenLruHashMap<uint, ulong>(id), count, (map, cursor, keys) => map.LookupBatch(cursor, keys, new ulong[count]), k => k);
            case BpfMapType.Array:
                return ByCursor(
                    session.OpenArrayMap<ulong>(id), count, (map, cursor, keys) => map.LookupBatch(cursor, keys, new ulong[count]), k => k);
            case BpfMapType.LpmTrie:
                return ByCursor<LpmTrieMap<uint, ulong>, LpmKey<uint>>(
                    session.OpenLpmTrieMap<uint, ulong>(id),
                    count,
                    (map, cursor, keys) => map.LookupBatch(cursor, keys, new ulong[count]),
                    k => k.Data);
            case BpfMapType.HashOfMaps:
                return ByCursor(
                    session.OpenHashOfMaps<uint>(id), count, (map, cursor, keys) => map.LookupBatch(cursor, keys, new uint[count]), k => k);
            case BpfMapType.ArrayOfMaps:
                return ByCursor(session.OpenArrayOfMaps(id), count, (map, cursor, keys) => map.LookupBatch(cursor, keys, new uint[count]), k => k);
            default:
                throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    /// <summary>The numbers that <c>foreach</c> delivers.</summary>
    public static IReadOnlyList<uint> ByEnumeration(BpfSession session, BpfMapType type, uint id)
    {
        List<uint> numbers = [];
        switch (type)
        {
            case BpfMapType.PercpuHash:
                using (PerCpuHashMap<uint, ulong> map = session.OpenPerCpuHashMap<uint, ulong>(id))
                {
                    foreach (PerCpuEntry<uint, ulong> entry in map)
                    {
                        numbers.Add(entry.Key);
                    }
                }

                return numbers;
            case BpfMapType.LruPercpuHash:
                using (LruPerCpuHashMap<uint, ulong> map = session.OpenLruPerCpuHashMap<uint, ulong>(id))
                {
                    foreach (PerCpuEntry<uint, ulong> entry in map)
                    {
                        numbers.Add(entry.Key);
                    }
                }

                return numbers;
            case BpfMapType.PercpuArray:
                using (PerCpuArrayMap<ulong> map = session.OpenPerCpuArrayMap<ulong>(id))
                {
                    foreach (PerCpuEntry<uint, ulong> entry in map)
                    {
                        numbers.Add(entry.Key);
                    }
                }

                return numbers;
            case BpfMapType.Hash:
                return Enumerate(session.OpenHashMap<uint, ulong>(id));
            case BpfMapType.LruHash:
                return Enumerate(session.OpenLruHashMap<uint, ulong>(id));
            case BpfMapType.Array:
                return Enumerate(session.OpenArrayMap<ulong>(id));
            case BpfMapType.LpmTrie:
                using (LpmTrieMap<uint, ulong> map = session.OpenLpmTrieMap<uint, ulong>(id))
                {
                    return [.. map.Select(e => e.Key.Data)];
                }

            case BpfMapType.HashOfMaps:
                using (HashOfMaps<uint> map = session.OpenHashOfMaps<uint>(id))
                {
                    return [.. map.Select(e => e.Key)];
                }

            case BpfMapType.ArrayOfMaps:
                using (ArrayOfMaps map = session.OpenArrayOfMaps(id))
                {
                    return [.. map.Select(e => e.Key)];
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    private static List<uint> ByCursor<TMap>(TMap map, int count, Func<TMap, BatchCursor, uint[], BatchResult> lookup, Func<uint, uint> number)
        where TMap : BpfMap => ByCursor<TMap, uint>(map, count, lookup, number);

    private static List<uint> ByCursor<TMap, TKey>(TMap map, int count, Func<TMap, BatchCursor, TKey[], BatchResult> lookup, Func<TKey, uint> number)
        where TMap : BpfMap
    {
        using (map)
        {
            BatchCursor cursor = new();
            TKey[] keys = new TKey[count];
            List<uint> numbers = [];
            for (BatchResult batch = default; batch.Status != BatchStatus.End;)
            {
                batch = lookup(map, cursor, keys);
                numbers.AddRange(keys[..batch.Count].Select(number));
            }

            Assert.Equal(0, cursor.Restarts);
            return numbers;
        }
    }

    private static uint[] Enumerate(ValueMap<uint, ulong> map)
    {
        using (map)
        {
            return [.. map.Select(e => e.Key)];
        }
    }
}
