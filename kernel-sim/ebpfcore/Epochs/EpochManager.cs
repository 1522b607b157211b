using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// Epoch-based reclamation: <c>libs/runtime/ebpf_epoch.c</c>. Readers of the map store take no locks; they enter an epoch, and what
/// writers replace or remove meanwhile is retired instead of freed, until every reader that could have seen it has left.
/// </summary>
/// <remarks>
/// <para>
/// A computation visits the processors twice, as a DPC that passes from one to the next: PROPOSE publishes a new epoch and finds the oldest one
/// that a thread is still in; COMMIT frees on each processor what was retired before that one. It runs on each processor at DISPATCH_LEVEL, as
/// do the threads that enter an epoch at that level: each is either seen by PROPOSE or reads the new epoch. A thread below DISPATCH_LEVEL
/// claims its slot with an exchange: it is seen, or what it reads after the exchange no longer leads to what was taken out before.
/// </para>
/// <para>
/// Computations are started by a 1 ms timer that is armed while anything waits, by a processor with a long free list, and on demand; one
/// runs at a time. Deferred work is never left to the timer, since virtual time may not advance again: objects are freed as soon as the
/// last thread that could see them leaves its epoch.
/// </para>
/// </remarks>
internal sealed unsafe class EpochManager
{
    /// <summary>The epoch in which a driver starts.</summary>
    public const ulong FirstEpoch = 1;

    private static readonly TimeSpan s_flushDelay = TimeSpan.FromMilliseconds(1);

    private readonly Machine _machine;
    private readonly EpochProcessor[] _processors;
    private readonly EpochWorkReclaimer _work = new();
    private readonly KTimer _timer;
    private readonly KDpc _timerDpc;
    private readonly EpochComputation _computation;
    private readonly Stack<int> _freeNumbers = new();
    private KSpinLock _registrationLock = new(CoreLockRanks.EpochReclaimers);
    private EpochReclaimer?[] _reclaimers = new EpochReclaimer?[16];
    private int _registered;
    private ulong _published = FirstEpoch;
    private ulong _retiring = FirstEpoch;

    // The newest epoch whose readers are, or were, in the way of deferred work.
    private ulong _watched;

    // The first thread that entered an epoch, and whether it is the only one so far: then no other has anything in flight.
    private KeThread? _first;
    private bool _several;
    private bool _rundown;
    private bool _terminated;

    public EpochManager(Machine machine)
    {
        _machine = machine;
        _processors = [.. machine.Processors.Select(p => new EpochProcessor(this, p.Number, machine.Pool))];
        _timer = new KTimer(machine);
        _timerDpc = new KDpc(machine, OnTimer);
        _computation = new EpochComputation(machine, this);
    }

    /// <summary>The newest epoch: the one that a thread enters now.</summary>
    public ulong PublishedEpoch => Volatile.Read(ref _published);

    /// <summary>
    /// The stamp of blocks retired now: <see cref="PublishedEpoch"/>, or the one after it while a computation is about to publish that.
    /// </summary>
    public ulong RetiringEpoch => Volatile.Read(ref _retiring);

    /// <summary>True once the driver is stopping: computations end where they are.</summary>
    public bool IsRundown => Volatile.Read(ref _rundown);

    /// <summary>Whether any work is deferred.</summary>
    public bool HasWork => _work.HasWork;

    /// <summary>Number of blocks and work items that wait, on all processors. Exact only while no thread is in the driver.</summary>
    public int WaitingCount => _processors.Sum(p => p.FreeList.Count);

    /// <summary>The per-processor states, by number.</summary>
    public IReadOnlyList<EpochProcessor> Processors => _processors;

    /// <summary>Allocates the per-processor states: <c>ebpf_epoch_initiate</c>. False if pool refuses.</summary>
    public bool Initialize(KeThread current)
    {
        Register(current, _work);
        return _processors.All(p => p.FreeList.Initialize());
    }

    /// <summary>Registers a reclaimer and assigns its number.</summary>
    public void Register(KeThread current, EpochReclaimer reclaimer)
    {
        using SpinLockScope scope = _registrationLock.Acquire(current);
        if (!_freeNumbers.TryPop(out int number))
        {
            number = _registered++;
            if (number >= EpochFreeEntry.MaxReclaimers)
            {
                _machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, (ulong)number);
            }

            if (number == _reclaimers.Length)
            {
                // Readers index the array without the lock: replace it whole.
                EpochReclaimer?[] larger = new EpochReclaimer?[number * 2];
                _reclaimers.CopyTo(larger, 0);
                Volatile.Write(ref _reclaimers, larger);
            }
        }

        reclaimer.Number = number;
        _reclaimers[number] = reclaimer;
    }

    /// <summary>Unregisters a reclaimer. None of its blocks may be waiting.</summary>
    public void Unregister(KeThread current, EpochReclaimer reclaimer)
    {
        using SpinLockScope scope = _registrationLock.Acquire(current);
        _reclaimers[reclaimer.Number] = null;
        _freeNumbers.Push(reclaimer.Number);
    }

    /// <summary>Enters the current epoch: <c>ebpf_epoch_enter</c>. At DISPATCH_LEVEL or below.</summary>
    public EpochScope Enter(KeThread current)
    {
        Note(current);
        Irql irql = current.Irql;
        EpochProcessor processor = Local(current);
        ref ulong slot = ref irql >= Irql.Dispatch
            ? ref processor.Readers.Claim(PublishedEpoch)
            : ref processor.PassiveReaders.ClaimShared(PublishedEpoch);
        if (FlightRecorder.RecordsLevels)
        {
            Record(current, CoreFlightNames.EpochEnter, slot);
        }

        return new EpochScope(this, current, irql, processor.Number, ref slot);
    }

    /// <summary>This processor's state. A caller that changes it is at DISPATCH_LEVEL and stays there meanwhile.</summary>
    public EpochProcessor Local(KeThread current) => _processors[current.ProcessorNumber];

    /// <summary>The permission to change the store. The caller is at DISPATCH_LEVEL and stays there while it uses it.</summary>
    public StoreWriter BeginWrite(KeThread current) =>
        new(current, Local(current), KernelEventSource.Log.IsEnabled(EventLevel.Verbose, KernelEventSource.Keywords.Epoch));

    /// <summary>
    /// Retires a block for a caller without a <see cref="StoreWriter"/>. Frees it at once when the driver has stopped: what is left of an extension's
    /// map is freed then, and no thread can be in an epoch any more.
    /// </summary>
    /// <param name="current">The calling thread, at DISPATCH_LEVEL or below.</param>
    /// <param name="block">A block that new readers can no longer reach.</param>
    /// <param name="reclaimer">Frees it.</param>
    /// <param name="bytes">Its size in bytes.</param>
    public void Retire(KeThread current, byte* block, EpochReclaimer reclaimer, uint bytes)
    {
        Note(current);
        using (current.RaiseIrql(Irql.Dispatch))
        {
            EpochProcessor processor = Local(current);
            if (processor.IsClosed)
            {
                EpochFreeEntry entry = new(block, 0, reclaimer.Number);
                reclaimer.Reclaim(current, new ReadOnlySpan<EpochFreeEntry>(in entry));
                return;
            }

            BeginWrite(current).Retire(block, reclaimer.Number, bytes);
            ArmTimerIfNeeded(current, processor);
        }
    }

    /// <summary>
    /// Runs work once every epoch that is open now has ended: at the latest when the last thread that is in one leaves it. The caller is in one
    /// too, or calls <see cref="Advance"/>.
    /// </summary>
    public void Defer(KeThread current, EpochWork work)
    {
        if (Volatile.Read(ref _terminated))
        {
            // An object was referenced from outside for longer than the driver lived: no thread can be in an epoch any more.
            work.Run(current);
            return;
        }

        Note(current);
        work.RequestId = current.RequestId;
        byte* entry = _work.Add(current, work);
        using (current.RaiseIrql(Irql.Dispatch))
        {
            EpochProcessor processor = Local(current);
            if (KernelEventSource.Log.IsEnabled(EventLevel.Verbose, KernelEventSource.Keywords.Epoch))
            {
                KernelEventSource.Log.EpochWorkQueue(current.RequestId, processor.Number, work.Name, (long)processor.RetireEpoch);
            }

            Watch(processor.RetireEpoch);
            processor.Retire(entry, _work.Number, 0);
            ArmTimerIfNeeded(current, processor);
        }
    }

    /// <summary>
    /// Waits until every epoch that is open now has ended: <c>ebpf_epoch_synchronize</c>. At PASSIVE_LEVEL, and not from within an epoch,
    /// which would deadlock. Work items may run meanwhile.
    /// </summary>
    public void Synchronize(KeThread current)
    {
        KEvent ended = new(_machine, manualReset: true);
        Defer(current, new EpochSignal(ended));
        if (!IsRundown)
        {
            Advance(current);
        }

        ended.Wait(current, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts a computation now, or right after the one in progress.</summary>
    public void Advance(KeThread current) => _computation.Start(current);

    /// <summary>
    /// Frees everything, without waiting for epochs: <c>ebpf_epoch_terminate</c>. At PASSIVE_LEVEL; no other thread may be in the driver
    /// any more.
    /// </summary>
    public void Terminate()
    {
        Volatile.Write(ref _rundown, true);
        _timer.Cancel();

        // Work may retire more: repeat until nothing is left. One round at a time, so that on every processor new entries are handled after
        // older ones.
        while (WaitingCount > 0)
        {
            ulong released = Interlocked.Increment(ref _retiring) - 1;
            Volatile.Write(ref _published, released + 1);
            foreach (EpochProcessor processor in _processors)
            {
                _machine.RunOnProcessor(processor.Number, Irql.Dispatch, there => Release(there, processor, released));
            }
        }

        Volatile.Write(ref _terminated, true);
        foreach (EpochProcessor processor in _processors)
        {
            _machine.RunOnProcessor(processor.Number, Irql.Dispatch, there =>
            {
                // What a work item of an extension's map has retired since the last round.
                Release(there, processor, ulong.MaxValue);
                processor.Close();
            });
        }
    }

    /// <summary>PROPOSE on one processor. <paramref name="proposal"/> is 0 on the first, which publishes the new epoch.</summary>
    internal void Propose(KeThread current, EpochProcessor processor, ref ulong newEpoch, ref ulong proposal)
    {
        if (proposal == 0)
        {
            // A writer takes a block out of readers' sight and then reads the stamp, and its processor may do the latter before others
            // see the former. So a new stamp is assigned first, and no reader enters the new epoch before the barrier has made
            // visible what was taken out under the old one. Writers pay nothing for it, nor do readers that leave: see OnExit. While this
            // is the only thread that has ever taken part, what it has done itself is all there is.
            Note(current);
            newEpoch = proposal = Interlocked.Increment(ref _retiring);
            if (Volatile.Read(ref _several))
            {
                Interlocked.MemoryBarrierProcessWide();
            }

            Volatile.Write(ref _published, newEpoch);
        }

        processor.CurrentEpoch = newEpoch;
        Interlocked.MemoryBarrier();
        proposal = processor.PassiveReaders.Minimum(processor.Readers.Minimum(proposal));
        KernelEventSource.Log.EpochPropose(current.RequestId, processor.Number, (long)newEpoch, (long)proposal);
    }

    /// <summary>COMMIT on one processor: frees what was retired up to an epoch. Returns the number of blocks.</summary>
    internal int Commit(KeThread current, EpochProcessor processor, ulong released)
    {
        processor.TimerArmed = false;
        int freed = Release(current, processor, released);
        KernelEventSource.Log.EpochCommit(current.RequestId, processor.Number, (long)released, freed, processor.FreeList.Count);
        ArmTimerIfNeeded(current, processor);
        return freed;
    }

    /// <summary>Reports a finished computation.</summary>
    internal void OnAdvanced(KeThread current, ulong released, long freed)
    {
        current.Record(CoreFlightNames.EpochAdvance, (long)released, freed);
        KernelEventSource.Log.EpochAdvance(current.RequestId, current.ProcessorNumber, (long)PublishedEpoch, (long)released, freed);
    }

    /// <summary>Records that a thread entered or left an epoch, in checked builds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Record(KeThread current, FlightKind kind, ulong epoch) => current.Record(kind, (long)epoch, 0);

    /// <summary>A thread has left an epoch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void OnExit(KeThread current, ulong epoch)
    {
        // The process-wide barrier of PROPOSE lies between queueing work and looking at the slots. So either deferred work is seen here, or its
        // computation sees that this thread has left. Without that barrier this is the only thread, which sees its own work.
        if (Local(current).NeedsCare || (epoch <= Volatile.Read(ref _watched) && HasWork))
        {
            TakeCare(current, epoch);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakeCare(KeThread current, ulong epoch)
    {
        bool overdue;
        using (current.RaiseIrql(Irql.Dispatch))
        {
            EpochProcessor processor = Local(current);
            overdue = processor.IsOverdue || (epoch <= Volatile.Read(ref _watched) && HasWork);
            ArmTimerIfNeeded(current, processor);
        }

        if (overdue)
        {
            Advance(current);
        }
    }

    /// <summary>Notes a thread that takes part, before it reads or retires anything: with a barrier, the first time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Note(KeThread current)
    {
        if (!ReferenceEquals(current, _first) && !_several)
        {
            NoteFirstTime(current);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteFirstTime(KeThread current)
    {
        if (Interlocked.CompareExchange(ref _first, current, null) is not null)
        {
            Interlocked.Exchange(ref _several, true);
        }
    }

    private void Watch(ulong epoch)
    {
        ulong seen = Volatile.Read(ref _watched);
        while (seen < epoch)
        {
            ulong before = Interlocked.CompareExchange(ref _watched, epoch, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private int Release(KeThread current, EpochProcessor processor, ulong released)
    {
        int freed = 0;
        EpochFreeList list = processor.FreeList;
        for (ReadOnlySpan<EpochFreeEntry> entries = list.Peek(released); !entries.IsEmpty; entries = list.Peek(released))
        {
            // Work of the round before may have retired blocks with a reclaimer of their own.
            EpochReclaimer?[] reclaimers = Volatile.Read(ref _reclaimers);
            for (int start = 0; start < entries.Length;)
            {
                int number = entries[start].Reclaimer;
                if (number == _work.Number)
                {
                    // Work may retire blocks here, and the ring may move: copy the entry out first, and peek again afterwards.
                    EpochFreeEntry entry = entries[start];
                    list.Remove(start + 1);
                    freed += start + 1;
                    _work.Reclaim(current, new ReadOnlySpan<EpochFreeEntry>(in entry));
                    entries = [];
                    break;
                }

                int end = start + 1;
                while (end < entries.Length && entries[end].Reclaimer == number)
                {
                    end++;
                }

                reclaimers[number]!.Reclaim(current, entries[start..end]);
                start = end;
            }

            list.Remove(entries.Length);
            freed += entries.Length;
        }

        processor.OnReleased(freed);
        return freed;
    }

    private void ArmTimerIfNeeded(KeThread current, EpochProcessor processor)
    {
        if (!processor.TimerArmed && processor.FreeList.Count > 0 && !IsRundown)
        {
            processor.TimerArmed = true;
            _timer.Set(s_flushDelay, _timerDpc, 0);
            KernelEventSource.Log.EpochTimerSet(current.RequestId, processor.Number, processor.FreeList.Count);
        }
    }

    private void OnTimer(KeThread current)
    {
        if (!IsRundown)
        {
            KernelEventSource.Log.EpochTimerFire(current.RequestId, current.ProcessorNumber, (long)PublishedEpoch);
            Advance(current);
        }
    }
}

/// <summary>Signals a waiter that every epoch that was open has ended: upstream's synchronization entry.</summary>
internal sealed class EpochSignal(KEvent ended) : EpochWork
{
    /// <inheritdoc/>
    public override void Run(KeThread current) => ended.Set();
}
