using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// A host thread while it executes in a machine's kernel: its processor, IRQL, process and request.
/// Only that host thread may touch it. Kernel code passes it along as <c>current</c>.
/// </summary>
public sealed partial class KeThread
{
    // The host thread's context in the kernel that it is in; outside, in the one that it was in last, so that it is found quickly again.
    [ThreadStatic]
    private static KeThread? s_current;

    private readonly KeProcessor _home;
    private readonly int _homeNumber;
    private KeProcessor _processor;
    private int _processorNumber;
    private RequestIds.Stock _requestIds;
    private Irql _irql;
    private int _depth;
    private int _slot = -1;
    private HostSignal? _turnBack;
    private bool _workerStopped;
    internal readonly CacheLinePad Pad = new();

    internal KeThread(Machine machine, int id, SystemWorker? worker = null)
    {
        Machine = machine;
        Id = id;
        Worker = worker;
        _home = machine.ProcessorAt((id - 1) % machine.Options.Processors);
        _homeNumber = _home.Number;
        CreateTime = machine.Clock.SystemTime;
        MoveTo(_home);
    }

    /// <summary>The calling host thread's kernel context; the thread must be in the kernel.</summary>
    /// <exception cref="InvalidOperationException">The calling thread is not in any machine's kernel.</exception>
    public static KeThread Current => CurrentOrNull ?? throw new InvalidOperationException(
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

    /// <summary>Where the thread counts: <see cref="ThreadSlots"/>. Only the thread itself may ask.</summary>
    internal int Slot => _slot >= 0 ? _slot : _slot = Machine.ThreadSlots.Take();

    internal bool IsInKernel => _depth > 0;

    /// <summary>The calling host thread's context in whichever kernel it is in, or null.</summary>
    internal static KeThread? CurrentOrNull => s_current is { _depth: > 0 } thread ? thread : null;

    /// <summary>The calling host thread's context in the kernel that it is in or was in last, or null.</summary>
    internal static KeThread? LastOrNull => s_current;

    /// <summary>The number of the processor that the thread is on unless it was told another, and whose lists it uses in user mode.</summary>
    internal int HomeNumber => _homeNumber;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong NextRequestId() => Machine.RequestIds.Next(ref _requestIds);

    /// <summary>Makes a context of the calling host thread the one that is found first, unless it is in another machine's kernel.</summary>
    internal static KeThread NoteLast(KeThread thread)
    {
        if (s_current is not { _depth: > 0 })
        {
            s_current = thread;
        }

        return thread;
    }

    /// <summary>
    /// Forgets the calling host thread's context if it is one of a machine that is going. Other host threads forget theirs when they next enter a
    /// kernel.
    /// </summary>
    internal static void ForgetLast(Machine machine)
    {
        if (s_current is { _depth: 0 } last && last.Machine == machine)
        {
            s_current = null;
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
        KeThread? outer = s_current;
        if (!ReferenceEquals(outer, this))
        {
            s_current = this;
        }

        return Enter(process, processor < 0 ? _home : Machine.ProcessorAt(processor), outer);
    }

    /// <summary>Enters on the home processor for a system call; <see cref="Machine.ThisThread()"/> has just found this context.</summary>
    /// <param name="process">The process whose call it is.</param>
    /// <param name="isLast">Whether it was found as the host thread's last one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal KernelScope EnterForCall(IKernelProcess process, bool isLast)
    {
        KeThread? outer = this;
        if (!isLast)
        {
            outer = s_current;
            s_current = this;
        }

        return Enter(process, _home, outer);
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
            if (outerProcess is null)
            {
                KernelProcess = null; // no reference to store
            }
            else
            {
                KernelProcess = outerProcess;
            }

            RequestId = outerRequest;
            if (!ReferenceEquals(outerThread, this))
            {
                s_current = outerThread is { _depth: > 0 } ? outerThread : this;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private KernelScope Enter(IKernelProcess? process, KeProcessor processor, KeThread? outer)
    {
        KernelScope scope = new(this, outer, KernelProcess, RequestId, _irql);
        if (_depth++ == 0)
        {
            MoveTo(processor);
            RequestId = 0;
        }

        if (process is not null && !ReferenceEquals(process, KernelProcess))
        {
            KernelProcess = process;
        }

        return scope;
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

    /// <summary>This thread's entry in a bugcheck record. Read racily from another thread, on a machine that has stopped.</summary>
    internal string Describe()
    {
        string process = KernelProcess is { } p ? $"process {p.Id} ({p.Name})" : "system";
        return $"{_irql} level, {process}, request {RequestId}, {HeldLocks} spin locks held";
    }

    [MemberNotNull(nameof(_processor))]
    private void MoveTo(KeProcessor processor)
    {
        // A reference is stored at a cost; as a rule it is there already.
        if (!ReferenceEquals(_processor, processor))
        {
            _processor = processor;
            _processorNumber = processor.Number;
        }
    }

    /// <summary>Where, and on whose behalf, a thread runs.</summary>
    internal readonly record struct Context(
        KeProcessor Processor, Irql Irql, IKernelProcess? Process, ulong RequestId, int HeldLocks, ulong HeldRanks);
}
