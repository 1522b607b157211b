using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// A processor: a right to execute, not a thread. Any number of host threads may be on it below DISPATCH_LEVEL; at DISPATCH_LEVEL and
/// above exactly one, so per-processor data needs no lock there.
/// </summary>
public sealed class KeProcessor
{
    // The two words that every raise and lower touches, kept apart: other processors' traffic must not share their cache line.
    internal ProcessorWords Words;

    private readonly List<KeProcessor> _kicks = [];
    private HostSpinLock _queueLock = new(LockRank.DpcQueue);
    private KDpc? _first;
    private KDpc? _last;

    internal KeProcessor(int number)
    {
        Number = number;
    }

    /// <summary>The processor's number, from 0.</summary>
    public int Number { get; }

    internal bool IsOccupied => Volatile.Read(ref Words.Owner) != 0;

    internal bool HasPending => Volatile.Read(ref Words.Pending) != 0;

    internal bool TryOccupy(KeThread thread) => Interlocked.CompareExchange(ref Words.Owner, thread.Id, 0) == 0;

    internal void Vacate() => Volatile.Write(ref Words.Owner, 0);

    /// <summary>Appends a DPC that its owner has marked as queued.</summary>
    internal void Enqueue(KDpc dpc)
    {
        _queueLock.Enter();
        dpc.Next = null;
        if (_last is null)
        {
            _first = dpc;
        }
        else
        {
            _last.Next = dpc;
        }

        _last = dpc;
        Interlocked.Increment(ref Words.Pending);
        _queueLock.Exit();
    }

    /// <summary>Asks the thread that lowers here next to run the DPCs of another, unoccupied processor.</summary>
    internal void Kick(KeProcessor other)
    {
        _queueLock.Enter();
        _kicks.Add(other);
        Interlocked.Increment(ref Words.Pending);
        _queueLock.Exit();
    }

    /// <summary>Removes the oldest DPC; null if the queue is empty. From then on the DPC may be queued again.</summary>
    internal KDpc? Dequeue()
    {
        _queueLock.Enter();
        KDpc? dpc = _first;
        if (dpc is not null)
        {
            _first = dpc.Next;
            _last = _first is null ? null : _last;
            dpc.Next = null;
            dpc.MarkDequeued();
            Interlocked.Decrement(ref Words.Pending);
        }

        _queueLock.Exit();
        return dpc;
    }

    internal KeProcessor? DequeueKick()
    {
        _queueLock.Enter();
        KeProcessor? other = null;
        if (_kicks.Count > 0)
        {
            other = _kicks[0];
            _kicks.RemoveAt(0);
            Interlocked.Decrement(ref Words.Pending);
        }

        _queueLock.Exit();
        return other;
    }

    /// <summary>Removes a given DPC; false if it is not in this queue.</summary>
    internal bool Remove(KDpc dpc)
    {
        bool found = false;
        _queueLock.Enter();
        KDpc? previous = null;
        for (KDpc? at = _first; at is not null; previous = at, at = at.Next)
        {
            if (!ReferenceEquals(at, dpc))
            {
                continue;
            }

            if (previous is null)
            {
                _first = at.Next;
            }
            else
            {
                previous.Next = at.Next;
            }

            _last = ReferenceEquals(_last, at) ? previous : _last;
            at.Next = null;
            at.MarkDequeued();
            Interlocked.Decrement(ref Words.Pending);
            found = true;
            break;
        }

        _queueLock.Exit();
        return found;
    }

    [StructLayout(LayoutKind.Explicit, Size = 192)]
    internal struct ProcessorWords
    {
        /// <summary>Id of the thread that is here at DISPATCH_LEVEL or above; 0 for none.</summary>
        [FieldOffset(64)]
        public int Owner;

        /// <summary>Number of DPCs and kicks queued. Written under the queue's lock, read by the thread that lowers.</summary>
        [FieldOffset(68)]
        public int Pending;
    }
}
