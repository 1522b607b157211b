using System.Runtime.CompilerServices;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// The epochs that threads on one processor are in, one slot each, 0 for a free slot: upstream's per-CPU list of
/// <c>ebpf_epoch_state_t</c>. A slot does not move while a thread holds it, so leaving is one store, from any processor.
/// </summary>
internal sealed class EpochReaderSlots
{
    private const int Slots = 8;

    // 128 bytes on either side: what other processors write is in other cache lines, the neighbouring one included.
    private const int Padding = 128 / sizeof(ulong);

    private readonly ulong[] _epochs = new ulong[Padding + Slots + Padding];
    private EpochReaderSlots? _next;

    private Span<ulong> Epochs => _epochs.AsSpan(Padding, Slots);

    /// <summary>Claims a slot for an epoch. On this processor at DISPATCH_LEVEL, where no other thread claims one.</summary>
    public ref ulong Claim(ulong epoch)
    {
        for (EpochReaderSlots chunk = this; ; chunk = chunk.Next())
        {
            foreach (ref ulong slot in chunk.Epochs)
            {
                if (Volatile.Read(ref slot) == 0)
                {
                    Volatile.Write(ref slot, epoch);
                    return ref slot;
                }
            }
        }
    }

    /// <summary>
    /// Claims a slot for an epoch below DISPATCH_LEVEL, where others may do so too. The exchange is also the barrier between the slot and what
    /// the thread reads in its epoch.
    /// </summary>
    public ref ulong ClaimShared(ulong epoch)
    {
        for (EpochReaderSlots chunk = this; ; chunk = chunk.Next())
        {
            foreach (ref ulong slot in chunk.Epochs)
            {
                if (Volatile.Read(ref slot) == 0 && Interlocked.CompareExchange(ref slot, epoch, 0) == 0)
                {
                    return ref slot;
                }
            }
        }
    }

    /// <summary>The oldest epoch that a thread is in, or <paramref name="epoch"/> if none is older. On this processor at DISPATCH_LEVEL.</summary>
    public ulong Minimum(ulong epoch)
    {
        for (EpochReaderSlots? chunk = this; chunk is not null; chunk = Volatile.Read(ref chunk._next))
        {
            foreach (ref ulong slot in chunk.Epochs)
            {
                ulong held = Volatile.Read(ref slot);
                epoch = held != 0 ? Math.Min(epoch, held) : epoch;
            }
        }

        return epoch;
    }

    /// <summary>Releases a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Release(ref ulong slot) => Volatile.Write(ref slot, 0);

    private EpochReaderSlots Next()
    {
        if (Volatile.Read(ref _next) is null)
        {
            Interlocked.CompareExchange(ref _next, new EpochReaderSlots(), null);
        }

        return _next!;
    }
}
