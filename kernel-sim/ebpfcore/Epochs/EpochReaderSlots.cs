using System.Runtime.CompilerServices;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// The epochs that threads on one processor are in, one slot each, 0 for a free slot: upstream's per-CPU list of
/// <c>ebpf_epoch_state_t</c>. A slot does not move while a thread holds it, so leaving is one store, from any processor.
/// </summary>
internal sealed class EpochReaderSlots
{
    private const int Slots = 8;

    private readonly ulong[] _epochs = new ulong[Slots];
    private EpochReaderSlots? _next;

    /// <summary>Claims a slot for an epoch. On this processor at DISPATCH_LEVEL.</summary>
    public ref ulong Claim(ulong epoch)
    {
        for (EpochReaderSlots chunk = this; ; chunk = chunk._next ??= new EpochReaderSlots())
        {
            foreach (ref ulong slot in chunk._epochs.AsSpan())
            {
                if (Volatile.Read(ref slot) == 0)
                {
                    Volatile.Write(ref slot, epoch);
                    return ref slot;
                }
            }
        }
    }

    /// <summary>The oldest epoch that a thread is in, or <paramref name="epoch"/> if none is older. On this processor at DISPATCH_LEVEL.</summary>
    public ulong Minimum(ulong epoch)
    {
        for (EpochReaderSlots? chunk = this; chunk is not null; chunk = chunk._next)
        {
            foreach (ref ulong slot in chunk._epochs.AsSpan())
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
}
