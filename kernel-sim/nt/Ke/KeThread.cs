using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tracing;

namespace KernelSim.Nt.Ke;

/// <summary>
/// A host thread while it executes in a machine's kernel: its processor, IRQL, process and request.
/// Only that host thread may touch it. Kernel code passes it along as <c>current</c>.
/// </summary>
public sealed partial class KeThread
{
    [ThreadStatic]
    private static KeThread? s_current;

    private readonly KeProcessor _home;
    private KeProcessor _processor;
    private int _processorNumber;
    private Irql _irql;
    private int _depth;
    private HostSignal? _turnBack;
    private bool _workerStopped;
    private Check? _lastRefused;

    internal KeThread(Machine machine, int id, SystemWorker? worker = null)
    {
        Machine = machine;
        Id = id;
        Worker = worker;
        _home = machine.ProcessorAt((id - 1) % machine.Options.Processors);
        CreateTime = machine.Clock.SystemTime;
        MoveTo(_home);
    }

    /// <summary>The calling host thread's kernel context; the thread must be in the kernel.</summary>
    /// <exception cref="InvalidOperationException">The calling thread is not in any machine's kernel.</exception>
    public static KeThread Current => s_current ?? throw new InvalidOperationException(
        "The calling thread is not in any machine's kernel; enter with Machine.EnterKernel, or pass 'current' along.");

    /// <summary>The machine whose kernel the thread is in.</summary>
    public Machine Machine { get; }

    /// <summary>The processor that this thread is on.</summary>
    public KeProcessor Processor => _processor;

    /// <summary>The number of <see cref="Processor"/>.</summary>
    public int ProcessorNumber => _processorNumber;

    /// <summary>The current IRQL.</summary>
    public Irql Irql => _irql;

    /// <summary>The process on whose behalf the thread runs; null for the system.</summary>
    internal IKernelProcess? KernelProcess { get; set; }

    /// <summary>The process whose request a work item continues, for reports of refusals; null elsewhere: <c>IoGetRequestorProcess</c>.</summary>
    internal IKernelProcess? Requestor { get; set; }

    /// <summary>Id of the request on whose behalf the thread runs; 0 outside one.</summary>
    public ulong RequestId { get; set; }

    /// <summary>When the thread first entered this machine, in 100 ns since 1601: <c>PsGetThreadCreateTime</c>.</summary>
    public ulong CreateTime { get; }

    /// <summary>
    /// The thread's id: counts from 1 in the order in which host threads first entered this machine. System workers have another range.
    /// </summary>
    public int Id { get; }

    /// <summary>Number of spin locks held. Lowering below DISPATCH_LEVEL with any is a bugcheck.</summary>
    internal int HeldLocks { get; set; }

    /// <summary>One bit for each rank of the locks held; only maintained where <see cref="LockOrder.IsChecked"/>.</summary>
    internal ulong HeldRanks { get; set; }

    /// <summary>Number of work items that run in place on this thread because they never wait.</summary>
    internal int ItemsInPlace { get; set; }

    /// <summary>The system worker that this thread is; null for a host thread that entered from outside.</summary>
    internal SystemWorker? Worker { get; }

    /// <summary>Signalled when the worker that has this thread's turn gives it back. At most one worker has it.</summary>
    internal HostSignal TurnBack => _turnBack ??= new HostSignal();

    /// <summary>Number of nested system calls. If it is not 0, code that ends a process waits until they return.</summary>
    internal int SystemCallDepth { get; set; }

    /// <summary>Processors whose DPCs this thread has undertaken to run; empty outside of <see cref="DpcDispatcher.Drain"/>.</summary>
    internal Queue<KeProcessor> Kicked { get; } = new();

    /// <summary>The memory pin of the innermost system call; 0 outside. It belongs to that call's process.</summary>
    internal ulong CallPin { get; set; }

    internal bool IsInKernel => _depth > 0;

    /// <summary>The calling host thread's context in whichever kernel it is in, or null.</summary>
    internal static KeThread? CurrentOrNull => s_current;

    /// <summary>Raises the IRQL until the scope ends. Raising to DISPATCH_LEVEL waits until this thread is alone on its processor.</summary>
    /// <remarks>A level lower than the current one: bugcheck IRQL_NOT_LESS_OR_EQUAL.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IrqlScope RaiseIrql(Irql irql)
    {
        Irql before = _irql;
        if (irql >= Irql.Dispatch && before < Irql.Dispatch)
        {
            Occupy();
        }
        else if (irql < before)
        {
            RaisedDownwards(irql);
        }

        _irql = irql;
        return new IrqlScope(this, before, irql);
    }

    /// <summary>
    /// Traces one check (<c>SizeCheck</c>). If it failed, also records the refusal under the request id and traces
    /// <c>InvalidArgument</c> with the check's NTSTATUS and, if its row states them, the result and errno of the driver's protocol.
    /// </summary>
    /// <param name="passed">The result of the comparison.</param>
    /// <param name="check">The row of a check table: the system's, or the driver's own.</param>
    /// <param name="site">
    /// The function that makes the check, such as <c>ebpfcore:map_update_batch</c>; null on a path that reports no checks, where a refusal is only
    /// noted as <see cref="LastRefused"/>.
    /// </param>
    /// <param name="given">The number that the caller gave.</param>
    /// <param name="expected">The number that would have passed, or the limit.</param>
    /// <returns><paramref name="passed"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Require(bool passed, Check check, string? site, long given, long expected)
    {
        if (!passed || KernelEventSource.Log.IsEnabled())
        {
            CheckReport.Write(this, passed, check, site, given, expected);
        }

        return passed;
    }

    /// <summary>
    /// The check that last refused on this thread. Meaningful only right after <see cref="Require"/> has returned false, before other code
    /// makes checks.
    /// </summary>
    public Check LastRefused => _lastRefused ?? throw new InvalidOperationException("No check has refused on this thread.");

    /// <summary>The status of <see cref="LastRefused"/>: what a routine returns once <see cref="Require"/> has returned false.</summary>
    public NtStatus Refused => LastRefused.Status;

    /// <summary>
    /// Traces a refusal that follows from another one of the same request. The first one gives the reason, and remains the one that the
    /// process sees.
    /// </summary>
    public void ReportConsequence(Check check, string site, long given, long expected)
    {
        if (KernelEventSource.Log.IsEnabled())
        {
            CheckReport.Write(this, passed: false, check, site, given, expected, remember: false);
        }
    }

    /// <summary>
    /// Reports the element at which a batch stopped, the last thing before the request fails. If a check refused that element, its refusal
    /// is kept and says which element it was; else <paramref name="check"/> stands for whatever the element came to.
    /// </summary>
    /// <param name="check">The row for an element that no check refused, such as one whose key is missing.</param>
    /// <param name="element">Index of the element within its message; those before it are done.</param>
    /// <param name="count">Number of elements in the message.</param>
    public void ReportElement(Check check, long element, long count) => CheckReport.WriteElement(this, check, element, count);

    internal void NoteRefusal(Check check) => _lastRefused = check;

    /// <summary>Bugchecks unless the thread may wait: below DISPATCH_LEVEL, and not in an item that runs in place.</summary>
    internal void RequireMayWait()
    {
        if (_irql >= Irql.Dispatch || ItemsInPlace > 0)
        {
            BugCheckIrql(Irql.Apc);
        }
    }

    /// <summary>Notes that the worker which had this thread's turn found the machine stopped.</summary>
    internal void SetWorkerStopped() => _workerStopped = true;

    internal bool TakeWorkerStopped()
    {
        bool stopped = _workerStopped;
        _workerStopped = false;
        return stopped;
    }

    internal KernelScope Enter(IKernelProcess? process, int processor)
    {
        Machine.ThrowIfStopped();
        KernelScope scope = new(this, s_current, KernelProcess, RequestId, _irql);
        if (_depth++ == 0)
        {
            MoveTo(processor < 0 ? _home : Machine.ProcessorAt(processor));
            RequestId = 0;
        }

        KernelProcess = process ?? KernelProcess;
        s_current = this;
        return scope;
    }

    internal void Leave(KeThread? outerThread, IKernelProcess? outerProcess, ulong outerRequest, Irql irql)
    {
        try
        {
            if (!Machine.IsStopped)
            {
                if (_irql != irql)
                {
                    Machine.BugCheck(
                        _depth == 1 ? BugcheckCode.IrqlGtZeroAtSystemService : BugcheckCode.IrqlNotLessOrEqual,
                        (ulong)_irql,
                        (ulong)irql);
                }

                if (_depth == 1 && Worker is null)
                {
                    Machine.WorkQueue.Drain(this);
                }
            }
        }
        finally
        {
            if (_irql != irql)
            {
                LowerStopped(irql);
            }

            _depth--;
            KernelProcess = outerProcess;
            RequestId = outerRequest;
            s_current = outerThread;
        }
    }

    /// <summary>Runs code on a given processor at a given level, on this thread.</summary>
    internal void RunOn(KeProcessor processor, Irql irql, Action<KeThread> code)
    {
        KeProcessor before = _processor;
        if (before != processor && _irql >= Irql.Dispatch)
        {
            // A thread at DISPATCH_LEVEL cannot migrate: it would hold one processor while it waits for another.
            Machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, (ulong)processor.Number, (ulong)_irql);
        }

        MoveTo(processor);
        try
        {
            using IrqlScope scope = RaiseIrql(irql > _irql ? irql : _irql);
            code(this);
        }
        finally
        {
            MoveTo(before);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Irql RaiseForLock()
    {
        Irql before = _irql;
        if (before < Irql.Dispatch)
        {
            Occupy();
            _irql = Irql.Dispatch;
        }

        return before;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void LowerAfterLock(Irql before)
    {
        if (before < Irql.Dispatch)
        {
            LeaveDispatch(before);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void LowerFrom(Irql level, Irql before)
    {
        if (_irql != level)
        {
            LoweredOutOfOrder(level, before);
            return;
        }

        if (before < Irql.Dispatch && level >= Irql.Dispatch)
        {
            LeaveDispatch(before);
        }
        else
        {
            _irql = before;
        }
    }

    /// <summary>Switches to the context in which a just occupied processor's DPCs run: no process, at DISPATCH_LEVEL.</summary>
    internal Context EnterDpcs(KeProcessor target)
    {
        Context before = new(_processor, _irql, KernelProcess, RequestId, HeldLocks, HeldRanks);
        MoveTo(target);
        (_irql, KernelProcess, HeldLocks, HeldRanks) = (Irql.Dispatch, null, 0, 0);
        return before;
    }

    internal void LeaveDpcs(in Context before)
    {
        MoveTo(before.Processor);
        (_irql, KernelProcess, RequestId) = (before.Irql, before.Process, before.RequestId);
        (HeldLocks, HeldRanks) = (before.HeldLocks, before.HeldRanks);
    }

    [DoesNotReturn]
    internal void BugCheckIrql(Irql required) =>
        Machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, 0, (ulong)_irql, (ulong)required);

    internal void ReleasedForeignLock(int owner)
    {
        if (!Machine.IsStopped)
        {
            Machine.BugCheck(BugcheckCode.SpinLockNotOwned, (ulong)_processor.Number, (ulong)owner);
        }
    }

    /// <summary>This thread's entry in a bugcheck record. Read racily from another thread, on a machine that has stopped.</summary>
    internal string Describe()
    {
        string process = KernelProcess is { } p ? $"process {p.Id} ({p.Name})" : "system";
        return $"{_irql} level, {process}, request {RequestId}, {HeldLocks} spin locks held";
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Occupy()
    {
        if (Interlocked.CompareExchange(ref _processor.Words.Owner, Id, 0) != 0)
        {
            OccupySlow();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OccupySlow()
    {
        SpinWait spin = default;
        do
        {
            spin.SpinOnce(sleep1Threshold: -1);
            Machine.ThrowIfStopped();
        }
        while (_processor.IsOccupied || !_processor.TryOccupy(this));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LeaveDispatch(Irql before)
    {
        if (HeldLocks != 0)
        {
            LoweredWithLocks();
        }

        // Release first, check second: a DPC that was queued while this thread was here is seen by the check; one queued after the
        // release is run by its inserter (DpcDispatcher has the fence that makes these two the only cases).
        _irql = before;
        _processor.Vacate();
        if (_processor.HasPending)
        {
            DpcDispatcher.Drain(this, _processor);
        }
    }

    [MemberNotNull(nameof(_processor))]
    private void MoveTo(KeProcessor processor)
    {
        _processor = processor;
        _processorNumber = processor.Number;
    }

    /// <summary>Lowers a thread of a stopped machine to its previous level, so that its host thread can unwind.</summary>
    private void LowerStopped(Irql irql)
    {
        if (_irql >= Irql.Dispatch && irql < Irql.Dispatch && Volatile.Read(ref _processor.Words.Owner) == Id)
        {
            _processor.Vacate();
        }

        _irql = irql;
        (HeldLocks, HeldRanks) = (0, 0);
    }

    private void LoweredOutOfOrder(Irql level, Irql before)
    {
        if (Machine.IsStopped)
        {
            LowerStopped(before);
            return;
        }

        Machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, (ulong)before, (ulong)_irql, (ulong)level);
    }

    private void LoweredWithLocks()
    {
        if (!Machine.IsStopped)
        {
            Machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, (ulong)HeldLocks, (ulong)_irql);
        }
    }

    private void RaisedDownwards(Irql irql) =>
        Machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, (ulong)irql, (ulong)_irql);

    /// <summary>Where, and on whose behalf, a thread runs.</summary>
    internal readonly record struct Context(
        KeProcessor Processor, Irql Irql, IKernelProcess? Process, ulong RequestId, int HeldLocks, ulong HeldRanks);
}
