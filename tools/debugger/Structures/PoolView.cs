using KernelSim.Debugger.Targets;
using KernelSim.Nt.Mm;

namespace KernelSim.Debugger.Structures;

/// <summary>Kernel memory: its ranges, and what is in use by tag.</summary>
/// <param name="pool">The <see cref="Pool"/>.</param>
internal sealed class PoolView(ITargetObject pool)
{
    private static readonly KernelField s_space = KernelField.Of<Pool>("_ranges");
    private static readonly KernelField s_ranges = KernelField.Of<PoolAddressSpace>("_ranges");
    private static readonly KernelField s_base = KernelField.Property<PoolRange>(nameof(PoolRange.Base));
    private static readonly KernelField s_length = KernelField.Property<PoolRange>(nameof(PoolRange.Length));
    private static readonly KernelField s_address = KernelField.Property<PoolRange>(nameof(PoolRange.Address));
    private static readonly KernelField s_processors = KernelField.Of<Pool>("_processors");
    private static readonly KernelField s_counts = KernelField.Of<PoolProcessor>("_counts");
    private static readonly KernelField s_own = KernelField.Of<Pool>("_own");
    private static readonly KernelField s_owners = KernelField.Of<Pool>("_owners");
    private static readonly KernelField s_ownerList = KernelField.Of<PoolOwnership>("_owners");
    private static readonly KernelField s_ownedTag = KernelField.Of<PoolTagOwner>(nameof(PoolTagOwner.Tag));
    private static readonly KernelField s_assembly = KernelField.Of<PoolTagOwner>(nameof(PoolTagOwner.Assembly));
    private static readonly KernelField s_rows = KernelField.Of<PoolTagCounts>("_rows");
    private static readonly KernelField s_tag = KernelField.Nested<PoolTagCounts>("Row", "Tag");
    private static readonly KernelField s_bytes = KernelField.Nested<PoolTagCounts>("Row", "Bytes");
    private static readonly KernelField s_blocks = KernelField.Nested<PoolTagCounts>("Row", "Blocks");

    /// <summary>Host memory that belongs to pool, by host address.</summary>
    public IReadOnlyList<MemoryRange> ReadRanges()
    {
        ITargetArray ranges = pool.Required(s_space).Array(s_ranges);
        List<MemoryRange> read = [];
        for (int i = 0; i < Math.Min(ranges.Length, TargetReading.MostElements); i++)
        {
            ITargetObject range = ranges.StructAt(i);
            read.Add(new MemoryRange(range.Pointer(s_base), range.Pointer(s_length), range.Pointer(s_address)));
        }

        return read;
    }

    /// <summary>The tags that were ever used, each with the simple name of the assembly whose code was the first to allocate under it.</summary>
    public IEnumerable<(PoolTag Tag, string Assembly)> Owners =>
        pool.Required(s_owners).List(s_ownerList).Select(o => (new PoolTag((uint)o.Integer(s_ownedTag)), o.Text(s_assembly) ?? ""));

    /// <summary>Blocks and bytes in use by tag, the machine's own included, tags with none left out: exact if nobody was allocating.</summary>
    public IReadOnlyList<PoolUse> ReadUse()
    {
        Dictionary<uint, (long Blocks, long Bytes)> sums = [];
        foreach (ITargetObject counts in pool.Array(s_processors).Objects().Select(p => p.Required(s_counts)).Append(pool.Required(s_own)))
        {
            ITargetArray rows = counts.Array(s_rows);
            for (int i = 0; i < Math.Min(rows.Length, TargetReading.MostElements); i++)
            {
                ITargetObject row = rows.StructAt(i);
                uint tag = (uint)row.Integer(s_tag);
                (long blocks, long bytes) = sums.GetValueOrDefault(tag);
                sums[tag] = (blocks + row.Integer(s_blocks), bytes + row.Integer(s_bytes));
            }
        }

        return
        [
            .. sums.Where(s => s.Key != 0 && s.Value.Blocks != 0)
                .Select(s => new PoolUse(new PoolTag(s.Key), s.Value.Blocks, s.Value.Bytes))
                .OrderBy(u => u.Tag.ToString(), StringComparer.Ordinal),
        ];
    }
}

/// <summary>What is in use under a tag.</summary>
/// <param name="Tag">The owner's tag.</param>
/// <param name="Blocks">Number of blocks.</param>
/// <param name="Bytes">Their bytes, as requested.</param>
internal readonly record struct PoolUse(PoolTag Tag, long Blocks, long Bytes)
{
    /// <summary>Whether it can be: a block has at least one byte.</summary>
    public bool IsPossible => Blocks > 0 && Bytes >= Blocks;
}
