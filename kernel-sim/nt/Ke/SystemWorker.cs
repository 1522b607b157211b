namespace KernelSim.Nt.Ke;

/// <summary>
/// A system worker thread, <c>ExpWorkerThread</c>: runs work items, one after another, on a stack of its own. It runs only while another
/// thread gives it its turn and waits meanwhile, so that at any moment as many threads run as came from outside.
/// </summary>
/// <remarks>
/// The exceptions run by themselves: a worker whose timed wait has run out, since host time does, and all of them once the machine has stopped.
/// </remarks>
internal sealed class SystemWorker
{
    /// <summary>Thread ids of workers begin here; others count from 1.</summary>
    private const int FirstId = 0x10000;

    // What a machine that nobody disposes of keeps of the host, and for how long.
    private const int IdleMilliseconds = 5000;

    private readonly Machine _machine;
    private readonly WorkQueue _queue;
    private readonly HostSignal _turn = new();
    private KeThread? _giver;
    private KeThread? _owed;
    private IWorkItem? _item;
    private Func<bool>? _isOver;
    private int _processor;
    private int _milliseconds;
    private long _drain;
    private int _continuations;

    public SystemWorker(Machine machine, WorkQueue queue, int number)
    {
        _machine = machine;
        _queue = queue;
        Thread = new KeThread(machine, FirstId + number, this);
        if (HostConcurrency.HasThreads)
        {
            new Thread(Work) { IsBackground = true, Name = $"KernelSim worker {number}" }.UnsafeStart();
        }
    }

    /// <summary>Its kernel context.</summary>
    public KeThread Thread { get; }

    /// <summary>Its place among what can run; the queue's lock guards it.</summary>
    public long Order { get; set; }

    /// <summary>Whether it has got somebody's turn. Only for itself to ask, as <see cref="IsSuspended"/>.</summary>
    public bool IsAttended => _giver is not null;

    /// <summary>Whether it has begun to wait, and has to <see cref="Park"/>.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>Whether what it waits for has an end by time.</summary>
    public bool HasTimeout => _milliseconds != Timeout.Infinite;

    /// <summary>What it runs, for reports.</summary>
    public string ItemName => _item?.Name ?? string.Empty;

    /// <summary>Gives it the turn of a thread, with an item or to go on with the one that it has, until it is done or waits.</summary>
    public void TakeTurn(KeThread giver, IWorkItem? item)
    {
        if (item is not null)
        {
            (_item, _processor) = (item, giver.ProcessorNumber);
        }

        if (!HostConcurrency.HasThreads)
        {
            TakeTurnInPlace(giver);
            return;
        }

        HostSignal back = giver.TurnBack; // made before the worker can look for it
        _giver = giver;
        _turn.Set();
        back.Wait();
        if (giver.TakeWorkerStopped())
        {
            _machine.ThrowIfStopped();
        }
    }

    /// <summary>Lets it run without anybody's turn: with an item, to unwind; without one, to end.</summary>
    public void GoOn() => _turn.Set();

    /// <summary>It begins to wait. With the dispatcher lock held; false when it ran by itself.</summary>
    public bool Suspend(Func<bool> isOver, int milliseconds)
    {
        (_isOver, _milliseconds) = (isOver, milliseconds);
        (_owed, _giver) = (_giver, null);
        IsSuspended = true;
        return _owed is not null;
    }

    /// <summary>Gives the turn back, and waits for the next.</summary>
    public void Park()
    {
        _owed?.TurnBack.Set();
        _owed = null;
        if (!_turn.Wait(_milliseconds) && !_queue.TryClaim(this))
        {
            _turn.Wait();
        }

        IsSuspended = false;
    }

    /// <summary>Whether its wait is over. With the dispatcher lock held.</summary>
    public bool IsOver() => _isOver!();

    /// <summary>Whether a stay in the kernel has not continued it too often. The queue's lock guards both.</summary>
    public bool MayContinue(long drain, int limit) => drain == long.MaxValue || _drain != drain || _continuations < limit;

    public void CountContinuation(long drain)
    {
        _continuations = _drain == drain ? _continuations + 1 : 1;
        _drain = drain;
    }

    /// <summary>Without host threads: runs the item on the giver's stack, in this worker's context. It ends before the giver goes on.</summary>
    private void TakeTurnInPlace(KeThread giver)
    {
        _giver = giver;
        bool stopped;
        try
        {
            stopped = Run(_item!);
        }
        finally
        {
            (_giver, _item) = (null, null);
            _queue.BecomeIdle(this, wasUnattended: false);
        }

        if (stopped)
        {
            _machine.ThrowIfStopped();
        }
    }

    private void Work()
    {
        _machine.AdoptThread(Thread);
        while (AwaitItem() is { } item)
        {
            bool stopped = Run(item);
            KeThread? giver = _giver;
            (_giver, _item) = (null, null);
            if (stopped && giver is not null)
            {
                giver.SetWorkerStopped();
            }

            _queue.BecomeIdle(this, wasUnattended: giver is null);
            giver?.TurnBack.Set();
        }
    }

    /// <summary>The next item; null when there will be none.</summary>
    private IWorkItem? AwaitItem()
    {
        if (!_turn.Wait(IdleMilliseconds))
        {
            if (_queue.TryRetire(this))
            {
                return null;
            }

            _turn.Wait();
        }

        return _item;
    }

    /// <summary>Runs an item. True when the machine has stopped meanwhile.</summary>
    private bool Run(IWorkItem item)
    {
        try
        {
            using KernelScope scope = Thread.Enter(process: null, _processor);
            item.Run(Thread);
            if (!IsAttended)
            {
                _queue.Drain(Thread);
            }

            return false;
        }
        catch (BugcheckException)
        {
            return true;
        }
    }
}
