using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Mm;

/// <summary>One segment of the packed heap: its live blocks and its free runs, both by address.</summary>
internal sealed class PackedSegment
{
    private const uint Granule = 16;

    private readonly List<UserRange> _live = [];
    private readonly List<UserRange> _free = [];

    public PackedSegment(UserRegion region)
    {
        Region = region;
        _free.Add(new UserRange(region.Start, region.Length));
    }

    public UserRegion Region { get; }

    /// <summary>The live blocks, by address.</summary>
    public IReadOnlyList<UserRange> Blocks => _live;

    public bool TryAllocate(uint length, out ulong address)
    {
        uint bytes = Footprint(length);
        for (int i = 0; i < _free.Count; i++)
        {
            UserRange run = _free[i];
            if (run.Length < bytes)
            {
                continue;
            }

            if (run.Length == bytes)
            {
                _free.RemoveAt(i);
            }
            else
            {
                _free[i] = new UserRange(run.Address + bytes, run.Length - bytes);
            }

            address = run.Address;
            _live.Insert(IndexAfter(_live, address), new UserRange(address, length));
            return true;
        }

        address = 0;
        return false;
    }

    public bool TryFree(ulong address)
    {
        int at = IndexAfter(_live, address) - 1;
        if (at < 0 || _live[at].Address != address)
        {
            return false;
        }

        UserRange run = new(address, Footprint(_live[at].Length));
        _live.RemoveAt(at);
        int next = IndexAfter(_free, address);
        if (next < _free.Count && _free[next].Address == run.End)
        {
            run = run with { Length = run.Length + _free[next].Length };
            _free.RemoveAt(next);
        }

        if (next > 0 && _free[next - 1].End == run.Address)
        {
            _free[next - 1] = _free[next - 1] with { Length = _free[next - 1].Length + run.Length };
        }
        else
        {
            _free.Insert(next, run);
        }

        return true;
    }

    public bool TryGetBlock(ulong address, out UserRange block)
    {
        int at = IndexAfter(_live, address) - 1;
        block = at < 0 ? default : _live[at];
        return at >= 0 && (address < block.End || address == block.Address);
    }

    /// <summary>Bytes that a block takes: whole granules, at least one, so that an empty block has an address of its own.</summary>
    private static uint Footprint(uint length) => (Math.Max(length, 1) + Granule - 1) & ~(Granule - 1);

    private static int IndexAfter(List<UserRange> ranges, ulong address)
    {
        int low = 0;
        int high = ranges.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ranges[middle].Address <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
