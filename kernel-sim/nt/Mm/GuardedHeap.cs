using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Mm;

/// <summary>
/// One region per block, whose end touches an inaccessible page: the first byte past a block faults, and so does the
/// last one before it. Addresses are never reused, so a use after free faults too. Works like page heap.
/// </summary>
internal sealed class GuardedHeap(UserRegionTable regions) : IUserHeap
{
    private const ulong Base = 0x0000_0200_0000_0000;
    private const ulong Page = UserRegion.PageBytes;

    private ulong _next = Base;

    public HeapMode Mode => HeapMode.Guarded;

    public IEnumerable<UserRange> Blocks => regions.All.Where(r => r.IsHeapBlock).Select(r => new UserRange(r.Start, r.Length));

    public ulong Allocate(uint length)
    {
        ulong pages = Math.Max(1, (length + Page - 1) / Page);
        ulong end = _next + (pages * Page);
        UserRegion block = regions.Add(end - length, length, PageProtection.ReadWrite, isHeapBlock: true);
        _next = end + Page;
        return block.Start;
    }

    public bool TryFree(ulong address)
    {
        if (regions.StartingAt(address) is not { IsHeapBlock: true } block)
        {
            return false;
        }

        regions.Remove(block);
        return true;
    }

    public bool TryGetBlock(ulong address, out UserRange block)
    {
        UserRegion? region = regions.Containing(address) ?? regions.StartingAt(address);
        block = region is { IsHeapBlock: true } ? new UserRange(region.Start, region.Length) : default;
        return !block.IsNull;
    }
}
