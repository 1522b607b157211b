using System.Runtime.CompilerServices;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// The permission to change the map store: DISPATCH_LEVEL, with this processor's free list at hand. Held for one element, or for a stretch of
/// a batch; loops release it now and then, so that a processor is never occupied for a whole message.
/// </summary>
internal readonly unsafe ref struct StoreWriter
{
    private readonly EpochProcessor _processor;
    private readonly bool _traced;

    /// <param name="current">The calling thread, at DISPATCH_LEVEL for as long as the writer lives.</param>
    /// <param name="processor">That processor's part of the epochs.</param>
    /// <param name="traced">Whether a listener wants to see blocks being retired.</param>
    public StoreWriter(KeThread current, EpochProcessor processor, bool traced)
    {
        Current = current;
        _processor = processor;
        _traced = traced;
    }

    /// <summary>The thread that holds the permission.</summary>
    public KeThread Current { get; }

    /// <summary>Whether a listener sees each block being retired: then they are retired one by one.</summary>
    public bool IsTraced => _traced;

    /// <summary>Retires a block that new readers cannot find any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Retire(byte* block, int reclaimer, uint bytes)
    {
        _processor.Retire(block, reclaimer, bytes);
        if (_traced)
        {
            Trace(block, bytes);
        }
    }

    /// <summary>Retires blocks of one size.</summary>
    public void RetireMany(byte** blocks, uint count, int reclaimer, uint bytes)
    {
        _processor.RetireMany(blocks, count, reclaimer, bytes);
        for (uint i = 0; i < count && _traced; i++)
        {
            Trace(blocks[i], bytes);
        }
    }

    private void Trace(byte* block, uint bytes)
    {
        Pool pool = Current.Machine.Pool;
        KernelEventSource.Log.EpochRetire(
            Current.RequestId, Current.ProcessorNumber, bytes, pool.VirtualAddressOf(block), (long)_processor.RetireEpoch);
    }
}
