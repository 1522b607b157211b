using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ob;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Ps;

/// <summary>A simulated user process: token, address space, handles, and the gate that its code calls through.</summary>
/// <remarks>
/// It ends in two steps. At once, it counts as exited: no call begins, no handle is added, waits on its behalf return. Then it is run
/// down: requests are cancelled and handles closed. A thread that ends it from within one of its system calls, or above
/// PASSIVE_LEVEL, defers the second step until it returns from the kernel. Memory is freed when the last call has returned.
/// </remarks>
public sealed partial class PsProcess : ObObject, IKernelProcess
{
    /// <summary>DBG_TERMINATE_PROCESS: the exit status of processes that the machine's shutdown ends.</summary>
    internal static readonly NtStatus ShutdownStatus = new(0x40010004);

    private static readonly NtStatus s_heapCorruption = new(0xC0000374);

    private readonly CallTable _calls;
    private readonly ExWorkItem _rundown;
    private readonly ProcessExit _exit;
    private readonly long _quotaLimit;
    private long _quotaUsed;

    internal PsProcess(Machine machine, int id, ProcessOptions options)
        : base(machine, "Process")
    {
        Id = id;
        Name = options.Name;
        Token = new Token(options.Administrator);
        _quotaLimit = options.PoolQuota;
        _exit = new ProcessExit(id);
        _calls = new CallTable(machine.Options.Processors);
        Memory = new UserAddressSpace(_exit, EndByHeapCorruption, options.Heap, _calls);
        Handles = new HandleTable(machine, id, options.DenseHandles);
        Gate = CreateGate();
        _rundown = new ExWorkItem(machine, RunDown);
    }

    /// <summary>The process id, a multiple of 4.</summary>
    public int Id { get; }

    /// <summary>A number unique among all processes of this boot: <c>PsGetProcessStartKey</c>.</summary>
    public ulong StartKey => (1UL << 48) | (uint)Id;

    /// <summary>The image name, for traces and debuggers.</summary>
    public string Name { get; }

    /// <summary>The user that the process runs as.</summary>
    public Token Token { get; }

    /// <summary>The process's address space.</summary>
    public UserAddressSpace Memory { get; }

    /// <summary>The process's handle table.</summary>
    public HandleTable Handles { get; }

    /// <summary>The gate through which its code reaches the machine.</summary>
    public ISystemGate Gate { get; }

    /// <summary>True once it has begun to end.</summary>
    public bool HasExited => _exit.HasExited;

    /// <summary>Its exit status, once it has begun to end.</summary>
    public NtStatus? ExitStatus => _exit.Status;

    /// <summary>The fault that ended it, if one did.</summary>
    public AccessViolation? Fault => _exit.Fault;

    /// <summary>Bytes of pool charged for its outstanding requests.</summary>
    public long PoolQuotaUsed => HasQuota ? Volatile.Read(ref _quotaUsed) : BytesOfRequests();

    /// <summary>
    /// Ends the process, from any thread and at any time: cancels its pending requests, closes its handles, and frees its memory when the last
    /// call in progress has returned. Ending it twice does nothing.
    /// </summary>
    public void Terminate(NtStatus exitStatus) => End(exitStatus, fault: null);

    /// <inheritdoc/>
    protected override void Destroy()
    {
        // Nothing to do: the rundown has closed and freed everything, and the informational members stay readable.
    }

    /// <summary>Begins a call of the process's code: memory that it uses stays valid until <see cref="EndCall"/>.</summary>
    internal bool BeginCall(KeThread thread, ulong requestId) => _calls.TryBegin(thread, requestId);

    internal void EndCall(KeThread? thread, ulong requestId) => CallEnded(wasLast: _calls.End(thread, requestId));

    /// <summary>Begins a kernel call: like <see cref="BeginCall"/>, but out of reach of the process's code.</summary>
    internal bool TryPinMemory(KeThread thread, out ulong pin) => _calls.TryPin(thread, out pin);

    internal void UnpinMemory(KeThread thread, ulong pin) => CallEnded(wasLast: _calls.Unpin(thread, pin));

    /// <summary>The thread's system call is about to block and uses no view of memory: memory freed meanwhile need not wait for it.</summary>
    internal void PutCallAside(KeThread current)
    {
        if (current.CallPin != 0 && ReferenceEquals(current.Process, this))
        {
            _calls.PutAside(current, current.CallPin);
            Memory.Reclaim();
        }
    }

    /// <summary>Reverts <see cref="PutCallAside"/>.</summary>
    internal void TakeUpCall(KeThread current)
    {
        if (current.CallPin != 0 && ReferenceEquals(current.Process, this))
        {
            _calls.TakeUp(current, current.CallPin);
        }
    }

    /// <summary>Ends the process for an access violation that nothing in it handles.</summary>
    internal void EndByFault(in AccessViolation violation) => End(NtStatus.AccessViolation, violation);

    internal bool TryChargeQuota(long bytes)
    {
        if (!HasQuota || Interlocked.Add(ref _quotaUsed, bytes) <= _quotaLimit)
        {
            return true;
        }

        ReturnQuota(bytes);
        return false;
    }

    internal void ReturnQuota(long bytes)
    {
        if (HasQuota)
        {
            Interlocked.Add(ref _quotaUsed, -bytes);
        }
    }

    /// <summary>Refuses new calls. Memory is freed now, or with the last call in progress.</summary>
    internal void CloseCalls()
    {
        if (_calls.Close())
        {
            ReleaseMemory();
        }
    }

    /// <summary>True once new calls are refused.</summary>
    internal bool RefusesCalls => _calls.IsClosed;

    // Without a quota, nothing is counted that all processors would share: what is used is summed when asked for.
    private bool HasQuota => _quotaLimit != long.MaxValue;

    // The folders above implement these: their types are not known here.
    private partial ISystemGate CreateGate();

    private partial void CancelRequests(KeThread current);

    private partial long BytesOfRequests();

    /// <summary>Ends the process when the heap is given an address that is not a block.</summary>
    private void EndByHeapCorruption(AccessViolation violation) => End(s_heapCorruption, violation);

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
        if (!_exit.TryBegin(exitStatus, fault))
        {
            return;
        }

        Handles.BeginClose();
        _calls.Close();
        lock (Machine.DispatcherLock)
        {
            Machine.WorkQueue.PulseLocked();
        }

        KeThread? thread = Machine.ThreadInKernel();
        if (fault is { } violation)
        {
            Machine.FlightRecorder.Write(
                FlightKind.AccessViolation,
                thread?.RequestId ?? 0,
                Id,
                (uint)violation.Access,
                0,
                FlightFault.Pack(violation, unhandled: true));
            KernelEventSource.Log.AccessViolation(
                thread?.RequestId ?? 0,
                thread?.ProcessorNumber ?? -1,
                Id,
                MemoryAccessNames.NameOf(violation.Access),
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
        CancelRequests(current);
        Handles.CloseAll();
        Machine.FlightRecorder.Write(
            FlightKind.ProcessExit, current.RequestId, Id, 0, ExitStatus?.Value ?? 0, FlightName.Pack(Name));
        KernelEventSource.Log.ProcessStop(current.RequestId, current.ProcessorNumber, Id, ExitStatus?.ToString() ?? string.Empty);
        CloseCalls();
        Machine.Processes.Remove(this);
    }
}
