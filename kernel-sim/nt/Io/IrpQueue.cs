using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Io;

/// <summary>The outstanding requests of a process that threads of one processor sent: a part of <see cref="IrpList"/>.</summary>
internal sealed class IrpQueue
{
    private HostSpinLock _lock = new(LockRank.IrpList);
    private Irp? _first;
    private Irp? _last;
    internal readonly CacheLinePad Pad = new();

    public long BufferBytes
    {
        get
        {
            long bytes = 0;
            _lock.Enter();
            for (Irp? irp = _first; irp is not null; irp = irp.Next)
            {
                bytes += irp.BufferBytes;
            }

            _lock.Exit();
            return bytes;
        }
    }

    public void Add(Irp irp)
    {
        _lock.Enter();
        (irp.Previous, irp.Next, irp.Queue) = (_last, null, this);
        if (_last is null)
        {
            _first = irp;
        }
        else
        {
            _last.Next = irp;
        }

        _last = irp;
        _lock.Exit();
    }

    public void Remove(Irp irp)
    {
        _lock.Enter();
        if (irp.Queue is not null)
        {
            if (irp.Previous is null)
            {
                _first = irp.Next;
            }
            else
            {
                irp.Previous.Next = irp.Next;
            }

            if (irp.Next is null)
            {
                _last = irp.Previous;
            }
            else
            {
                irp.Next.Previous = irp.Previous;
            }

            (irp.Previous, irp.Next, irp.Queue) = (null, null, null);
        }

        _lock.Exit();
    }

    /// <summary>Marks every request, or those on one file object, cancelled, and collects the cancel routines to call.</summary>
    public void TakeForCancel(FileObject? file, List<(Irp Irp, Action<KeThread, Irp> Routine)> taken)
    {
        _lock.Enter();
        for (Irp? irp = _first; irp is not null; irp = irp.Next)
        {
            if ((file is null || ReferenceEquals(irp.FileObject, file)) && irp.TakeForCancel() is { } routine)
            {
                taken.Add((irp, routine));
            }
        }

        _lock.Exit();
    }
}
