using KernelSim.EbpfCore.Epochs;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// The driver's epochs, for extensions whose readers take no locks: <c>epoch_enter</c>, <c>epoch_exit</c> and <c>epoch_free</c> of
/// <c>ebpf_base_map_client_dispatch_table_t</c>.
/// </summary>
/// <remarks>
/// Callbacks of map providers and helpers of programs run in an epoch already. Upstream frees only what its <c>epoch_allocate_with_tag</c> has
/// allocated, since it keeps a header before each block; here any block of pool can be freed, and its tag is named as for pool itself.
/// </remarks>
public sealed unsafe class ExtensionEpochs
{
    private readonly EpochManager _manager;

    // Extensions use few tags. Replaced as a whole, so that it is read without a lock.
    private PoolReclaimer[] _reclaimers = [];

    internal ExtensionEpochs(EpochManager manager)
    {
        _manager = manager;
    }

    /// <summary>
    /// Enters the current epoch: <c>epoch_enter</c>. At DISPATCH_LEVEL or below. What the thread can reach keeps its bytes until the scope ends, at
    /// the same IRQL. Scopes nest.
    /// </summary>
    public ExtensionEpochScope Enter(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        return new ExtensionEpochScope(_manager.Enter(current));
    }

    /// <summary>
    /// Frees a block of pool once every epoch that is open now has ended: <c>epoch_free</c>. In an epoch, at DISPATCH_LEVEL or below. Blocks are
    /// freed soon after, when a timer of 1 ms fires, or when many wait.
    /// </summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="block">A block that new readers can no longer reach; a wrong pointer or tag bugchecks.</param>
    /// <param name="tag">The tag under which it was allocated.</param>
    public void Free(KeThread current, byte* block, PoolTag tag)
    {
        ArgumentNullException.ThrowIfNull(current);
        uint bytes = (uint)Math.Min(current.Machine.Pool.BytesOf(block, tag), uint.MaxValue);
        _manager.Retire(current, block, ReclaimerOf(current, tag), bytes);
    }

    private PoolReclaimer ReclaimerOf(KeThread current, PoolTag tag)
    {
        PoolReclaimer? added = null;
        while (true)
        {
            PoolReclaimer[] all = Volatile.Read(ref _reclaimers);
            if (Array.Find(all, r => r.Tag == tag) is { } known)
            {
                if (added is not null)
                {
                    _manager.Unregister(current, added);
                }

                return known;
            }

            if (added is null)
            {
                added = new PoolReclaimer(current.Machine.Pool, tag);
                _manager.Register(current, added);
            }

            if (Interlocked.CompareExchange(ref _reclaimers, [.. all, added], all) == all)
            {
                return added;
            }
        }
    }
}

/// <summary>An epoch that an extension's thread is in; disposing it leaves the epoch: <c>epoch_exit</c>.</summary>
public readonly ref struct ExtensionEpochScope : IDisposable
{
    private readonly EpochScope _scope;

    internal ExtensionEpochScope(EpochScope scope)
    {
        _scope = scope;
    }

    /// <summary>Leaves the epoch.</summary>
    public void Dispose() => _scope.Dispose();
}
