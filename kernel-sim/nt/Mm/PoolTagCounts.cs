using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Mm;

/// <summary>Bytes and blocks by tag: a small hash table with linear probing. Its owner's lock guards it. Tags stay in it.</summary>
internal sealed class PoolTagCounts
{
    private Row[] _rows = new Row[16];
    private int _used;

    /// <summary>Counts under a tag. True if the tag is new here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(PoolTag tag, long bytes, int blocks)
    {
        bool isNew = false;
        Row[] rows = _rows;
        ref Row row = ref rows[Hash(tag.Value) & (uint)(rows.Length - 1)];
        if (row.Tag != tag.Value)
        {
            row = ref Find(tag.Value, out isNew);
        }

        row.Bytes += bytes;
        row.Blocks += blocks;
        return isNew;
    }

    public void AddTo(Dictionary<uint, (long Bytes, long Blocks)> sums)
    {
        foreach (ref readonly Row row in _rows.AsSpan())
        {
            if (row.Tag != 0)
            {
                (long bytes, long blocks) = sums.GetValueOrDefault(row.Tag);
                sums[row.Tag] = (bytes + row.Bytes, blocks + row.Blocks);
            }
        }
    }

    private static uint Hash(uint tag) => (tag * 2654435769u) >> 16;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref Row Find(uint tag, out bool isNew)
    {
        ref Row row = ref Probe(tag);
        isNew = row.Tag != tag;
        if (!isNew)
        {
            return ref row;
        }

        return ref Insert(tag);
    }

    /// <summary>The row of a tag, or the free one where it belongs.</summary>
    private ref Row Probe(uint tag)
    {
        uint at = Hash(tag);
        while (true)
        {
            ref Row row = ref _rows[at++ & (uint)(_rows.Length - 1)];
            if (row.Tag == tag || row.Tag == 0)
            {
                return ref row;
            }
        }
    }

    /// <summary>Makes the row of a tag that has none.</summary>
    private ref Row Insert(uint tag)
    {
        if (_used * 2 >= _rows.Length)
        {
            Grow();
        }

        _used++;
        ref Row row = ref Probe(tag);
        row.Tag = tag;
        return ref row;
    }

    private void Grow()
    {
        Row[] old = _rows;
        _rows = new Row[old.Length * 2];
        _used = 0;
        foreach (Row row in old)
        {
            if (row.Tag != 0)
            {
                Insert(row.Tag) = row;
            }
        }
    }

    /// <summary>The counts of one tag; tag 0 is nobody's.</summary>
    private struct Row
    {
        public uint Tag;
        public long Bytes;
        public long Blocks;
    }
}
