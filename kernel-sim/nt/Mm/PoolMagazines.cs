using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Mm;

/// <summary>
/// Full magazines of freed blocks, by size class, on their way from processors that free more than they allocate to the others. The latest
/// is taken first, so that on one processor all freed blocks of a class are one stack.
/// </summary>
internal sealed unsafe class PoolMagazines
{
    private const int MagazineBytes = 64 * 1024;
    private const int LeastBlocks = 2;
    private const int MostBlocks = 64;

    private static readonly int[] s_blocks =
        [.. Enumerable.Range(0, PoolSizeClass.Count).Select(c => Math.Clamp(MagazineBytes / (int)PoolSizeClass.BytesOf(c), LeastBlocks, MostBlocks))];

    private readonly Stack<nint>?[] _full = new Stack<nint>?[PoolSizeClass.Count];
    private readonly int[] _counts = new int[PoolSizeClass.Count];
    private HostSpinLock _lock = new(LockRank.PoolMagazines);

    /// <summary>Number of blocks in a full magazine of a class.</summary>
    public static int BlocksOf(int sizeClass) => s_blocks[sizeClass];

    /// <summary>Takes the latest magazine of a class: its first block, or null if there is none.</summary>
    public PoolHeader* Take(int sizeClass)
    {
        if (Volatile.Read(ref _counts[sizeClass]) == 0)
        {
            return null;
        }

        nint first = 0;
        _lock.Enter();
        if (_full[sizeClass]!.TryPop(out first))
        {
            _counts[sizeClass]--;
        }

        _lock.Exit();
        return (PoolHeader*)first;
    }

    public void Put(int sizeClass, PoolHeader* first)
    {
        _lock.Enter();
        (_full[sizeClass] ??= new Stack<nint>()).Push((nint)first);
        _counts[sizeClass]++;
        _lock.Exit();
    }

    /// <summary>Forgets them: their memory returns to the host.</summary>
    public void Clear()
    {
        _lock.Enter();
        Array.Clear(_full);
        Array.Clear(_counts);
        _lock.Exit();
    }
}
