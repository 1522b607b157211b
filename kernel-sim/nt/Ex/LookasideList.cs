using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;

namespace KernelSim.Nt.Ex;

/// <summary>
/// Blocks of one size, cut from slabs of pool, with a free list for each processor, so that getting and returning one takes no
/// lock: callers are at DISPATCH_LEVEL. Slabs return to pool when the list is deleted.
/// </summary>
public sealed unsafe class LookasideList : IDisposable
{
    /// <summary>Makes a list.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="tag">Whose the slabs are.</param>
    /// <param name="blockBytes">Size of a block; blocks are 8-byte aligned, and neighbours in a slab lie side by side.</param>
    public LookasideList(Machine machine, PoolTag tag, uint blockBytes)
    {
    }

    /// <summary>Size of a block.</summary>
    public uint BlockBytes => throw null!;

    /// <summary>Blocks handed out and not returned.</summary>
    public long Outstanding => throw null!;

    /// <summary>A block, uninitialised; null when pool refuses. The caller is at DISPATCH_LEVEL.</summary>
    public byte* Allocate(KeThread current) => throw null!;

    /// <summary>Returns a block, on any processor. The caller is at DISPATCH_LEVEL.</summary>
    public void Free(KeThread current, byte* block) => throw null!;

    /// <summary>Gives the slabs back to pool, blocks that are still out included.</summary>
    public void Dispose() => throw null!;
}
