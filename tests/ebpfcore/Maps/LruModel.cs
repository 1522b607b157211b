using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>
/// The generations of an LRU map as the specification has them, in the plainest way: who is in which list, and nothing shared.
/// </summary>
internal sealed class LruModel(int cpus, uint maxEntries)
{
    private readonly Partition[] _partitions = [.. Enumerable.Range(0, Math.Min(cpus, 8)).Select(_ => new Partition())];
    private readonly Dictionary<uint, Entry> _entries = [];

    public IEnumerable<uint> Keys => _entries.Keys;

    public bool Contains(uint key) => _entries.ContainsKey(key);

    /// <summary>As upstream's hash table does it: the new entry is in the lists before anybody looks whether it may stay.</summary>
    public EbpfResult Update(int cpu, uint key, ulong now, EbpfMapOption option = EbpfMapOption.Any)
    {
        for (; ; Delete(Victim()))
        {
            Entry entry = new(key, _partitions.Length);
            AddHot(entry, cpu % _partitions.Length, now);
            Entry? replaced = _entries.GetValueOrDefault(key);
            EbpfResult result = (replaced, option) switch
            {
                (null, EbpfMapOption.Exist) => EbpfResult.KeyNotFound,
                (not null, EbpfMapOption.NoExist) => EbpfResult.ObjectAlreadyExists,
                (null, _) when _entries.Count == maxEntries => EbpfResult.OutOfSpace,
                _ => EbpfResult.Success,
            };
            if (result != EbpfResult.Success)
            {
                Forget(entry);
            }
            else
            {
                Delete(key);
                _entries[key] = entry;
            }

            if (result != EbpfResult.OutOfSpace)
            {
                return result;
            }
        }
    }

    public void Find(int cpu, uint key, ulong now)
    {
        int number = cpu % _partitions.Length;
        if (_entries.TryGetValue(key, out Entry? entry) && !_partitions[number].Hot.Contains(entry))
        {
            _partitions[number].Cold.Remove(entry);
            AddHot(entry, number, now);
        }
    }

    public void Delete(uint key)
    {
        if (_entries.Remove(key, out Entry? entry))
        {
            Forget(entry);
        }
    }

    private void Forget(Entry entry) => Array.ForEach(_partitions, p => _ = p.Hot.Remove(entry) || p.Cold.Remove(entry));

    private uint Victim()
    {
        while (_partitions.Any(p => p.Cold.Count > 0))
        {
            List<Entry> heads = [];
            for (int i = 0; i < _partitions.Length; i++)
            {
                if (_partitions[i].Cold.FirstOrDefault() is { } head)
                {
                    if (head.LastUsed.Max() != head.LastUsed[i])
                    {
                        _partitions[i].Cold.RemoveAt(0);
                    }
                    else
                    {
                        heads.Add(head);
                    }
                }
            }

            if (heads.Count > 0)
            {
                return heads.MinBy(h => h.LastUsed.Max())!.Key;
            }
        }

        return _partitions.Select(p => p.Hot.FirstOrDefault()).Where(e => e is not null).MinBy(e => e!.LastUsed.Max())!.Key;
    }

    private void AddHot(Entry entry, int number, ulong now)
    {
        Partition partition = _partitions[number];
        entry.LastUsed[number] = now;
        partition.Hot.Add(entry);
        if (partition.Hot.Count > Math.Max(maxEntries / _partitions.Length / 10, 1))
        {
            partition.Cold.AddRange(partition.Hot);
            partition.Hot.Clear();
        }
    }

    private sealed class Partition
    {
        public List<Entry> Hot { get; } = [];

        public List<Entry> Cold { get; } = [];
    }

    private sealed class Entry(uint key, int partitions)
    {
        public uint Key => key;

        public ulong[] LastUsed { get; } = new ulong[partitions];
    }
}
