namespace KernelSim.Nt.Ke;

/// <summary>An event, KEVENT. A notification event stays signalled until cleared; a synchronization event releases one waiter.</summary>
public sealed class KEvent : KDispatcherObject
{
    private readonly bool _manualReset;
    private bool _signalled;

    /// <summary>Creates an event: <c>KeInitializeEvent</c>.</summary>
    /// <param name="machine">The machine that it belongs to.</param>
    /// <param name="manualReset">True: a NotificationEvent; false: a SynchronizationEvent.</param>
    /// <param name="initialState">Whether it is initially signalled.</param>
    public KEvent(Machine machine, bool manualReset, bool initialState = false)
        : base(machine)
    {
        _manualReset = manualReset;
        _signalled = initialState;
    }

    /// <summary>Whether it is signalled: <c>KeReadStateEvent</c>.</summary>
    public bool State => Volatile.Read(ref _signalled);

    /// <summary>Signals it: <c>KeSetEvent</c>. At any level up to DISPATCH_LEVEL.</summary>
    /// <returns>Whether it was already signalled.</returns>
    public bool Set()
    {
        bool before;
        bool isAwaited;
        lock (Machine.DispatcherLock)
        {
            before = _signalled;
            _signalled = true;
            isAwaited = Machine.WorkQueue.PulseLocked();
        }

        if (isAwaited)
        {
            Machine.WorkQueue.ServeFromOutside();
        }

        return before;
    }

    /// <summary>Makes it not signalled: <c>KeClearEvent</c>, <c>KeResetEvent</c>.</summary>
    /// <returns>Whether it was signalled.</returns>
    public bool Clear()
    {
        lock (Machine.DispatcherLock)
        {
            bool before = _signalled;
            _signalled = false;
            return before;
        }
    }

    private protected override bool IsSignalledLocked() => _signalled;

    private protected override bool TryConsumeLocked()
    {
        if (!_signalled)
        {
            return false;
        }

        _signalled = _manualReset;
        return true;
    }
}
