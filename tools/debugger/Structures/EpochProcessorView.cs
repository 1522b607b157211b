using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Epochs;

namespace KernelSim.Debugger.Structures;

/// <summary>A processor's part in the epochs.</summary>
/// <param name="processor">The <see cref="EpochProcessor"/>.</param>
internal sealed class EpochProcessorView(ITargetObject processor)
{
    private static readonly KernelField s_number = KernelField.Property<EpochProcessor>(nameof(EpochProcessor.Number));
    private static readonly KernelField s_current = KernelField.Property<EpochProcessor>(nameof(EpochProcessor.CurrentEpoch));
    private static readonly KernelField s_timer = KernelField.Property<EpochProcessor>(nameof(EpochProcessor.TimerArmed));
    private static readonly KernelField s_bytes = KernelField.Of<EpochProcessor>("_waitingBytes");
    private static readonly KernelField s_free = KernelField.Property<EpochProcessor>(nameof(EpochProcessor.FreeList));
    private static readonly KernelField s_ring = KernelField.Of<EpochFreeList>("_ring");
    private static readonly KernelField s_capacity = KernelField.Of<EpochFreeList>("_capacity");
    private static readonly KernelField s_head = KernelField.Of<EpochFreeList>("_head");
    private static readonly KernelField s_tail = KernelField.Of<EpochFreeList>("_tail");
    private static readonly KernelField s_overflow = KernelField.Of<EpochFreeList>("_overflow");
    private static readonly KernelField s_overflowSize = KernelField.Of<Queue<EpochFreeEntry>>("_size");
    private static readonly KernelField s_readers = KernelField.Property<EpochProcessor>(nameof(EpochProcessor.Readers));
    private static readonly KernelField s_passiveReaders = KernelField.Property<EpochProcessor>(nameof(EpochProcessor.PassiveReaders));
    private static readonly KernelField s_epochs = KernelField.Of<EpochReaderSlots>("_epochs");
    private static readonly KernelField s_next = KernelField.Of<EpochReaderSlots>("_next");

    public int Number => (int)processor.Integer(s_number);

    /// <summary>The newest epoch that a computation has shown to the processor.</summary>
    public ulong CurrentEpoch => processor.Pointer(s_current);

    /// <summary>Whether the timer is set that starts a computation.</summary>
    public bool IsTimerArmed => processor.Flag(s_timer);

    /// <summary>Number of retired blocks and work items that wait.</summary>
    public long Waiting => InRing + Free.Required(s_overflow).Integer(s_overflowSize);

    /// <summary>Bytes of the retired blocks, about.</summary>
    public long WaitingBytes => processor.Integer(s_bytes);

    /// <summary>The epochs that threads on it are in, oldest first.</summary>
    public IReadOnlyList<ulong> Readers =>
    [
        .. new[] { s_readers, s_passiveReaders }
            .SelectMany(list => processor.Object(list).Chain(s_next))
            .SelectMany(slots => EpochsOf(slots.Array(s_epochs)))
            .Order(),
    ];

    private ITargetObject Free => processor.Required(s_free);

    private uint InRing => unchecked((uint)Free.Integer(s_tail) - (uint)Free.Integer(s_head));

    /// <summary>The epoch in which the oldest of what waits was retired; null if nothing waits, or it cannot be read.</summary>
    public ulong? OldestStamp(KernelMemory memory)
    {
        uint capacity = (uint)Free.Integer(s_capacity);
        if (InRing == 0 || !uint.IsPow2(capacity))
        {
            return null;
        }

        ulong place = (uint)Free.Integer(s_head) & (capacity - 1);
        ulong entry = Free.Pointer(s_ring) + (place * (ulong)System.Runtime.CompilerServices.Unsafe.SizeOf<EpochFreeEntry>());
        return memory.TryReadHost(entry, out EpochFreeEntry oldest) ? oldest.Stamp : null;
    }

    private static IEnumerable<ulong> EpochsOf(ITargetArray slots) =>
        Enumerable.Range(0, slots.Length).Select(i => unchecked((ulong)slots.IntegerAt(i))).Where(epoch => epoch != 0);
}
