using KernelSim.Nt.Ex;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ob;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Ps;

/// <summary>A simulated user process: token, address space, handles, and the gate that its code calls through.</summary>
/// <remarks>
/// It ends in two steps. At once: it counts as exited, no call begins, no handle is added, waits on its behalf return. Then it is run
/// down: requests cancelled, handles closed. A thread that ends it from within one of its system calls, or above
/// PASSIVE_LEVEL, leaves the second step to the moment when it returns from the kernel. Memory goes when the last call has left.
/// </remarks>
public sealed class PsProcess : ObObject
{
    /// <summary>DBG_TERMINATE_PROCESS: what processes end with when the machine shuts down.</summary>
    internal static readonly NtStatus ShutdownStatus = new(0x40010004);

    private static readonly NtStatus s_heapCorruption = new(0xC0000374);

    private readonly CallTable _calls = new();
    private readonly ExWorkItem _rundown;
    private readonly Lock _endLock = new();
    private readonly long _quotaLimit;
    private long _quotaUsed;
    private NtStatus? _exitStatus;
    private AccessViolation? _fault;
    private volatile bool _exited;

    internal PsProcess(Machine machine, int id, ProcessOptions options)
        : base(machine, "Process")
    {
        Id = id;
        Name = options.Name;
        Token = new Token(options.Administrator);
        _quotaLimit = options.PoolQuota;
        Memory = new UserAddressSpace(this, options.Heap, _calls);
        Handles = new HandleTable(this, options.DenseHandles);
        Gate = new SystemGate(this);
        _rundown = new ExWorkItem(machine, RunDown);
    }

    /// <summary>Its id, a multiple of 4.</summary>
    public int Id { get; }

    /// <summary>A number that no other process of this boot has had: <c>PsGetProcessStartKey</c>.</summary>
    public ulong StartKey => (1UL << 48) | (uint)Id;

    /// <summary>Its image name, for traces and debuggers.</summary>
    public string Name { get; }

    /// <summary>Who it runs as.</summary>
    public Token Token { get; }

    /// <summary>Its memory.</summary>
    public UserAddressSpace Memory { get; }

    /// <summary>Its handles.</summary>
    public HandleTable Handles { get; }

    /// <summary>What its code uses to reach the machine.</summary>
    public ISystemGate Gate { get; }

    /// <summary>True once it has begun to end.</summary>
    public bool HasExited => _exited;

    /// <summary>Its exit status, once it has begun to end.</summary>
    public NtStatus? ExitStatus => _exited ? _exitStatus : null;

    /// <summary>The fault that ended it, if one did.</summary>
    public AccessViolation? Fault => _exited ? _fault : null;

    /// <summary>Bytes of pool that its outstanding requests have taken.</summary>
    public long PoolQuotaUsed => Volatile.Read(ref _quotaUsed);

    /// <summary>Its outstanding requests.</summary>
    internal IrpList Requests { get; } = new();

    /// <summary>
    /// Ends it, from any thread and at any moment: cancels its pending requests, closes its handles, frees its memory when the last call
    /// in progress has left. Ending it twice does nothing.
    /// </summary>
    public void Terminate(NtStatus exitStatus) => End(exitStatus, fault: null);

    /// <inheritdoc/>
    protected override void Destroy()
    {
        // Nothing is left to do: running down has closed and freed everything, and what only informs may be read for ever.
    }

    /// <summary>Begins a call of the process's code: memory that it looks at stays until <see cref="EndCall"/>.</summary>
    internal bool BeginCall(ulong requestId) => _calls.TryBegin(requestId);

    internal void EndCall(ulong requestId) => CallEnded(wasLast: _calls.End(requestId));

    /// <summary>Begins a call of the kernel's: as <see cref="BeginCall"/>, but out of reach of the process's code.</summary>
    internal bool TryPinMemory(out ulong pin) => _calls.TryPin(out pin);

    internal void UnpinMemory(ulong pin) => CallEnded(wasLast: _calls.Unpin(pin));

    /// <summary>The thread's system call is about to block, and holds no view of memory: what is freed meanwhile need not wait for it.</summary>
    internal void PutCallAside(KeThread current)
    {
        if (current.CallPin != 0 && ReferenceEquals(current.Process, this))
        {
            _calls.PutAside(current.CallPin);
            Memory.Reclaim();
        }
    }

    /// <summary>Ends what <see cref="PutCallAside"/> began.</summary>
    internal void TakeUpCall(KeThread current)
    {
        if (current.CallPin != 0 && ReferenceEquals(current.Process, this))
        {
            _calls.TakeUp(current.CallPin);
        }
    }

    internal void ThrowIfExited()
    {
        if (_exited)
        {
            throw new ProcessExitedException(Id, _fault);
        }
    }

    /// <summary>An access violation that nothing in the process handles.</summary>
    internal void EndByFault(in AccessViolation violation) => End(NtStatus.AccessViolation, violation);

    /// <summary>What the heap does when it is handed something that is no block.</summary>
    internal void EndByHeapCorruption(in AccessViolation violation) => End(s_heapCorruption, violation);

    internal bool TryChargeQuota(long bytes)
    {
        if (Interlocked.Add(ref _quotaUsed, bytes) <= _quotaLimit)
        {
            return true;
        }

        ReturnQuota(bytes);
        return false;
    }

    internal void ReturnQuota(long bytes) => Interlocked.Add(ref _quotaUsed, -bytes);

    /// <summary>Lets no call begin any more. Memory goes now, or with the last call in progress.</summary>
    internal void CloseCalls()
    {
        if (_calls.Close())
        {
            ReleaseMemory();
        }
    }

    private void CallEnded(bool wasLast)
    {
        if (wasLast)
        {
            ReleaseMemory();
        }
        else
        {
            Memory.Reclaim();
        }
    }

    private void ReleaseMemory()
    {
        Memory.ReleaseMemory();
        Machine.Processes.MemoryReleased(this);
    }

    private void End(NtStatus exitStatus, AccessViolation? fault)
    {
        lock (_endLock)
        {
            if (_exited)
            {
                return;
            }

            _exitStatus = exitStatus;
            _fault = fault;
            _exited = true;
        }

        Handles.BeginClose();
        _calls.Close();
        lock (Machine.DispatcherLock)
        {
            Monitor.PulseAll(Machine.DispatcherLock);
        }

        KeThread? thread = Machine.ThreadInKernel();
        if (fault is { } violation)
        {
            KernelEventSource.Log.AccessViolation(
                thread?.RequestId ?? 0,
                thread?.ProcessorNumber ?? -1,
                Id,
                violation.Access == MemoryAccess.Read ? "read" : "write",
                violation.Address,
                violation.Length,
                violation.Site);
        }

        if (thread is not null && (thread.SystemCallDepth > 0 || thread.Irql > Irql.Passive))
        {
            _rundown.Queue(thread.RequestId);
        }
        else if (!Machine.IsStopped && !Machine.IsDisposed)
        {
            using KernelScope scope = Machine.EnterKernel();
            RunDown(scope.Thread);
        }
    }

    private void RunDown(KeThread current)
    {
        Requests.CancelAll(current, file: null);
        Handles.CloseAll();
        KernelEventSource.Log.ProcessStop(current.RequestId, current.ProcessorNumber, Id, _exitStatus?.ToString() ?? string.Empty);
        CloseCalls();
        Machine.Processes.Remove(this);
    }
}
