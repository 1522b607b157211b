using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Mm;

/// <summary>
/// Adjacent blocks in segments, in granules of 16 bytes, first fit, with nothing between them: an overrun reaches the next block's bytes.
/// The heap's own data is kept outside of the segments, where no overrun reaches it. Past a segment's end, accesses fault.
/// </summary>
internal sealed class PackedHeap(UserRegionTable regions) : IUserHeap
{
    private const ulong Base = 0x0000_0100_0000_0000;
    private const uint SegmentBytes = 1024 * 1024;
    private const ulong Gap = 64 * 1024;

    private readonly List<PackedSegment> _segments = [];
    private ulong _next = Base;

    public HeapMode Mode => HeapMode.Packed;

    public IEnumerable<UserRange> Blocks => _segments.SelectMany(s => s.Blocks);

    public ulong Allocate(uint length)
    {
        foreach (PackedSegment segment in _segments)
        {
            if (segment.TryAllocate(length, out ulong address))
            {
                return address;
            }
        }

        uint bytes = (Math.Max(length, 1) + SegmentBytes - 1) & ~(SegmentBytes - 1);
        PackedSegment fresh = new(regions.Add(_next, bytes, PageProtection.ReadWrite));
        _next += bytes + Gap;
        _segments.Add(fresh);
        fresh.TryAllocate(length, out ulong first);
        return first;
    }

    public bool TryFree(ulong address) => SegmentOf(address)?.TryFree(address) ?? false;

    public bool TryGetBlock(ulong address, out UserRange block)
    {
        block = default;
        return SegmentOf(address)?.TryGetBlock(address, out block) ?? false;
    }

    private PackedSegment? SegmentOf(ulong address) => _segments.Find(s => s.Region.Contains(address));
}
