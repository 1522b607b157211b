using System.Diagnostics.CodeAnalysis;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Images;
using KernelSim.Nt.Io;
using KernelSim.Nt.Kd;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Nmr;
using KernelSim.Nt.Ob;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.Nt;

/// <summary>
/// One simulated computer. It owns everything: processors, memory, objects, processes, drivers, clock and randomness. Two machines
/// in one host process share nothing.
/// </summary>
public sealed class Machine : IDisposable, IMeteredMachine
{
    private readonly KeProcessor[] _processors;
    private readonly ThreadLocal<KeThread> _threads;
    private readonly ThreadTable _threadTable = new();
    private readonly Lock _shutdownLock = new();
    private readonly BugcheckCallbacks _bugcheckCallbacks = new();
    private BugcheckRecord? _stopRecord;
    private ShutdownReport? _report;
    private int _lastThreadId;
    private volatile bool _disposed;

    private Machine(MachineOptions options)
    {
        options.Validate();
        Options = options;
        RequestIds = new RequestIds(options.RequestIdBase);
        _processors = new KeProcessor[options.Processors];
        for (int i = 0; i < _processors.Length; i++)
        {
            _processors[i] = new KeProcessor(i);
        }

        _threads = new ThreadLocal<KeThread>(CreateThread, trackAllValues: true);
        Random = new KernelRandom(options.Seed);
        Pool = new Pool(this, options.PoolLimit);
        FlightRecorder = new FlightRecorder(options.Processors, RequestIds, new FlightMemory(Pool));
        Objects = new ObjectManager();
        Borrowed = new BorrowedReferences(options.Processors);
        WorkQueue = new WorkQueue(this);
        Clock = new KernelClock(this);
        Io = new IoManager(this);
        Processes = new ProcessManager(this);
        Nmr = new NetworkModuleRegistrar(this);
        Images = new ImageStore();
        Services = new ServiceTable(this);
    }

    /// <summary>The options that the machine was booted with.</summary>
    public MachineOptions Options { get; }

    /// <summary>The processors, by number; all possible processors are active.</summary>
    public IReadOnlyList<KeProcessor> Processors => _processors;

    /// <summary>The machine's time: advances only when told to, and by a fixed step per system call, so that runs repeat exactly.</summary>
    public KernelClock Clock { get; }

    /// <summary>The machine's random numbers, seeded with <see cref="MachineOptions.Seed"/>.</summary>
    public KernelRandom Random { get; }

    /// <summary>Non-paged kernel memory.</summary>
    public Pool Pool { get; }

    /// <summary>The newest records of what the kernel did, by processor: always on, and readable when the machine has stopped.</summary>
    public FlightRecorder FlightRecorder { get; }

    /// <summary>Counts of live kernel objects, and the namespace of devices and links.</summary>
    public ObjectManager Objects { get; }

    /// <summary>The I/O manager: drivers, devices and requests.</summary>
    public IoManager Io { get; }

    /// <summary>Simulated user processes.</summary>
    public ProcessManager Processes { get; }

    /// <summary>Driver files, which user mode can read and services can start.</summary>
    public ImageStore Images { get; }

    /// <summary>Driver services, which start and stop drivers by name.</summary>
    public ServiceTable Services { get; }

    /// <summary>The registrar through which drivers find each other's interfaces.</summary>
    public NetworkModuleRegistrar Nmr { get; }

    /// <summary>The bugcheck that stopped the machine; null while it runs.</summary>
    public BugcheckRecord? StopRecord => Volatile.Read(ref _stopRecord);

    internal bool IsStopped => Volatile.Read(ref _stopRecord) is not null;

    internal bool IsDisposed => _disposed;

    internal WorkQueue WorkQueue { get; }

    internal RequestIds RequestIds { get; }

    internal ThreadSlots ThreadSlots { get; } = new();

    /// <summary>The references that system calls in progress have to what their handles stand for.</summary>
    internal BorrowedReferences Borrowed { get; }

    internal RefusalLog Refusals { get; } = new();

    internal SectionTable Sections { get; } = new();

    internal LookasideRegistry Lookasides { get; } = new();

    /// <summary>Guards the state of every dispatcher object of the machine, like NT's former dispatcher lock; waiters sleep on it.</summary>
    internal object DispatcherLock { get; } = new();

    /// <summary>The machine whose kernel the calling host thread is in; null outside of every kernel.</summary>
    public static Machine? Current => KeThread.CurrentOrNull?.Machine;

    /// <summary>Boots a machine with the given or the default options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message gives the value and the range.</exception>
    public static Machine Boot(MachineOptions? options = null)
    {
        Machine machine = new(options ?? new MachineOptions());
        RecorderPort.Meet();
        KernelEventSource.Log.MachineStart(0, -1, machine.Options.Processors, machine.Options.Seed);
        KernelSimMeter.MachineStarted(machine);
        KdDebuggerDataBlock.Add(machine);
        return machine;
    }

    /// <summary>
    /// The calling host thread enters the kernel on a processor at PASSIVE_LEVEL until the scope ends. A nested entry keeps the outer
    /// one's processor and level and, unless it names another, its process.
    /// </summary>
    /// <param name="process">The process on whose behalf to run; null for the system itself.</param>
    /// <param name="processor">The processor's number, or -1 for the machine to choose (round robin over host threads, stable for a thread).</param>
    /// <exception cref="BugcheckException">The machine has stopped.</exception>
    /// <exception cref="ObjectDisposedException">The machine has been disposed.</exception>
    public KernelScope EnterKernel(PsProcess? process = null, int processor = -1) => ThisThread().Enter(process, processor);

    /// <summary>Runs code on a given processor at a given IRQL, as a DPC or a hook would, on the calling host thread.</summary>
    /// <remarks>
    /// The level is at least <paramref name="irql"/>: a caller at a higher level stays there. A caller at DISPATCH_LEVEL on another
    /// processor cannot migrate: bugcheck IRQL_NOT_LESS_OR_EQUAL.
    /// </remarks>
    public void RunOnProcessor(int processor, Irql irql, Action<KeThread> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        KeProcessor target = ProcessorAt(processor);
        using KernelScope scope = EnterKernel(null, processor);
        scope.Thread.RunOn(target, irql, code);
    }

    /// <summary>Waits until every DPC queued so far has run: <c>KeFlushQueuedDpcs</c>. At PASSIVE_LEVEL.</summary>
    public void FlushDpcs(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        current.RequireMayWait();
        foreach (KeProcessor processor in _processors)
        {
            DpcDispatcher.Flush(current, processor);
        }
    }

    /// <summary>Loads a driver: creates its object and calls its entry point. On failure nothing of it is left.</summary>
    public NtStatus LoadDriver(IDriver driver, out DriverObject? driverObject) => Io.LoadDriver(driver, imagePath: null, out driverObject);

    /// <summary>Calls a driver's unload routine and deletes its object.</summary>
    /// <returns>
    /// Success; <see cref="NtStatus.InvalidDeviceRequest"/> for a driver without unload routine; <see cref="NtStatus.InvalidDeviceState"/>
    /// while files are open on its devices, while it is being loaded, or if another thread is unloading it;
    /// <see cref="NtStatus.ObjectNameNotFound"/> if it is not loaded.
    /// </returns>
    public NtStatus UnloadDriver(DriverObject driverObject) => Io.UnloadDriver(driverObject, force: false);

    /// <summary>Stops the machine at once: <c>KeBugCheckEx</c>. Records what each processor was doing; never returns.</summary>
    /// <exception cref="BugcheckException">Always.</exception>
    [DoesNotReturn]
    public void BugCheck(BugcheckCode code, ulong parameter1 = 0, ulong parameter2 = 0, ulong parameter3 = 0, ulong parameter4 = 0)
    {
        Stop(code, [parameter1, parameter2, parameter3, parameter4], cause: null);
        throw new BugcheckException(_stopRecord);
    }

    /// <summary>Stops the machine with four parameters and a sentence that explains them.</summary>
    /// <exception cref="BugcheckException">Always.</exception>
    [DoesNotReturn]
    public void BugCheck(BugcheckCode code, ulong[] parameters, string detail)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(detail);
        Stop(code, parameters, cause: null, detail);
        throw new BugcheckException(_stopRecord);
    }

    /// <summary>
    /// Registers what is to be called when the machine stops, such as what writes a dump: <c>KeRegisterBugCheckCallback</c>.
    /// </summary>
    /// <param name="callback">
    /// Called once, on the thread that stopped the machine, before anything unwinds: locks are still held, and waiters still wait. It must not
    /// call the machine. An exception that it throws is dropped.
    /// </param>
    public void RegisterBugCheckCallback(Action<BugcheckRecord> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _bugcheckCallbacks.Add(callback);
    }

    /// <summary>
    /// A line for each host thread that is in the kernel: its processor, IRQL, process, request and held locks. For leak reports and debuggers:
    /// a line is exact only while its thread stays where it is. Empty once the machine has been disposed.
    /// </summary>
    public IReadOnlyList<string> DescribeThreads() =>
        _disposed ? [] : [.. _threads.Values.Where(t => t.IsInKernel).Select(t => $"CPU {t.ProcessorNumber}: {t.Describe()}")];

    /// <summary>What each processor is doing, by number. Empty once the machine has been disposed.</summary>
    public IReadOnlyList<ProcessorState> ReadProcessors()
    {
        if (_disposed)
        {
            return [];
        }

        ProcessorState[] states = [.. _processors.Select(p => new ProcessorState(p.Number, 0, Irql.Passive))];
        foreach (KeThread thread in _threads.Values.Where(t => t.IsInKernel))
        {
            ref ProcessorState state = ref states[thread.ProcessorNumber];
            Irql irql = thread.Irql;
            state = new ProcessorState(state.Number, state.Threads + 1, irql > state.Irql ? irql : state.Irql);
        }

        return states;
    }

    /// <summary>The ranks of the locks of the loaded drivers and the system.</summary>
    internal IEnumerable<LockRank> LockRanks() => Io.Drivers.SelectMany(d => d.LockRanks).Concat(LockRank.OfSystem);

    /// <summary>Ends all processes, unloads all drivers, and reports what is still outstanding. A second call returns the same report.</summary>
    /// <remarks>Must not be called while another host thread is in the kernel.</remarks>
    public ShutdownReport Shutdown()
    {
        lock (_shutdownLock)
        {
            if (_report is null)
            {
                _report = new ShutdownReport(ShutdownSequence.Run(this));
                KernelSimMeter.MachineStopped(this);
                KernelEventSource.Log.MachineStop(0, -1, _report.Leaks.Count);
            }

            return _report;
        }
    }

    /// <summary>
    /// Shuts down and returns all native memory to the host, outstanding or not; memory of a process in which a call is still in progress
    /// is returned when that call ends. Afterwards no thread can enter the kernel.
    /// </summary>
    /// <remarks>Not to be called while another host thread is in the kernel.</remarks>
    public void Dispose()
    {
        Shutdown();
        lock (_shutdownLock)
        {
            if (_disposed)
            {
                return;
            }

            EndWork();
            _disposed = true;
            KdDebuggerDataBlock.Remove(this);
            foreach (KeThread thread in _threads.Values)
            {
                thread.AbandonFlight();
            }

            FlightRecorder.Close();
            Processes.ReleaseMemory();
            Sections.ReleaseMemory();
            Pool.ReleaseMemory();
            _threads.Dispose();
            KeThread.ForgetLast(this);
        }
    }

    void IMeteredMachine.ReadPool(Action<string, long> add) => Pool.ReadUsage(add);

    internal KeProcessor ProcessorAt(int processor)
    {
        if ((uint)processor >= (uint)_processors.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(processor), processor, $"Processor {processor} was given; this machine has processors 0 to {_processors.Length - 1}.");
        }

        return _processors[processor];
    }

    /// <summary>Makes a context that of the calling host thread, which has none yet.</summary>
    internal void AdoptThread(KeThread thread)
    {
        _threads.Value = thread;
        _threadTable.Add(thread);
    }

    /// <summary>The calling host thread's context if it is in this machine's kernel; otherwise null.</summary>
    internal KeThread? ThreadInKernel()
    {
        if (_disposed)
        {
            return null;
        }

        return KeThread.CurrentOrNull is { } current && current.Machine == this ? current
            : _threads.IsValueCreated && _threads.Value is { IsInKernel: true } thread ? thread : null;
    }

    /// <summary>The calling host thread's context, made when it first comes.</summary>
    /// <exception cref="ObjectDisposedException">The machine has been disposed.</exception>
    internal KeThread ThisThread() => ThisThread(out _);

    /// <summary>The calling host thread's context, made when it first comes.</summary>
    /// <param name="isLast">Whether it is the context of the kernel that the host thread is in or was in last.</param>
    /// <exception cref="ObjectDisposedException">The machine has been disposed.</exception>
    internal KeThread ThisThread(out bool isLast)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        KeThread? last = KeThread.LastOrNull;
        isLast = last is not null && last.Machine == this;
        return isLast ? last! : KeThread.NoteLast(_threads.Value!);
    }

    /// <summary>The calling host thread's context; null once the machine has been disposed.</summary>
    internal KeThread? ThisThreadOrNull() => _disposed ? null : ThisThread();

    internal void ThrowIfStopped()
    {
        if (StopRecord is { } record)
        {
            throw new BugcheckException(record);
        }
    }

    /// <summary>
    /// For exception filters around foreign kernel code: stops the machine where the exception was thrown, before anything unwinds.
    /// False for the exception that unwinds a stopped machine. One that unwinds an ended process is not exempt: kernel code must not let it escape.
    /// </summary>
    /// <remarks>
    /// The kernel does this around the routines of drivers that it calls itself. A host that calls kernel code, such as the programs of a hook,
    /// does it around that call.
    /// </remarks>
    public bool StopOnUnhandled(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is BugcheckException)
        {
            return false;
        }

        Stop(BugcheckCode.KmodeExceptionNotHandled, [(uint)exception.HResult, 0, 0, 0], exception);
        return true;
    }

    private KeThread CreateThread()
    {
        KeThread thread = new(this, Interlocked.Increment(ref _lastThreadId));
        _threadTable.Add(thread);
        return thread;
    }

    /// <summary>Unwinds the work items that have not ended, before memory is freed; the report has named them.</summary>
    private void EndWork()
    {
        if (WorkQueue.HasUnfinished)
        {
            BugcheckRecord record = new(BugcheckCode.DriverUnloadedWithoutCancelling, [0, 0, 0, 0], DescribeProcessors());
            Interlocked.CompareExchange(ref _stopRecord, record, null);
            ReleaseWaiters();
        }

        WorkQueue.AwaitUnwound();
        WorkQueue.Close();
    }

    [MemberNotNull(nameof(_stopRecord))]
    private void Stop(BugcheckCode code, ulong[] parameters, Exception? cause, string? detail = null)
    {
        BugcheckRecord record = new(code, parameters, DescribeProcessors())
        {
            Cause = cause,
            Detail = detail,
        };
        if (Interlocked.CompareExchange(ref _stopRecord, record, null) is null)
        {
            record.Thrower = cause is null ? null : ThrowingCode.Of(cause);
            KeThread? current = ThreadInKernel();
            FlightRecorder.WriteStop(current, _threads.Values, (uint)code, parameters);
            KernelEventSource.Log.Bugcheck(
                current?.RequestId ?? 0,
                current?.ProcessorNumber ?? -1,
                (uint)code,
                parameters[0],
                parameters[1],
                parameters[2],
                parameters[3],
                (cause?.Message ?? detail) is { } text ? $"{code}: {text}" : code.ToString());
            _bugcheckCallbacks.Call(record);
            ReleaseWaiters();
        }
    }

    private void ReleaseWaiters()
    {
        lock (DispatcherLock)
        {
            WorkQueue.ReleaseAllLocked();
            Monitor.PulseAll(DispatcherLock);
        }
    }

    private string[] DescribeProcessors()
    {
        string[] lines = new string[_processors.Length];
        foreach (KeThread thread in _threads.Values)
        {
            if (thread.IsInKernel)
            {
                ref string line = ref lines[thread.ProcessorNumber];
                line = line is null ? $"CPU {thread.ProcessorNumber}: {thread.Describe()}" : $"{line}; {thread.Describe()}";
            }
        }

        for (int i = 0; i < lines.Length; i++)
        {
            lines[i] ??= $"CPU {i}: idle";
        }

        return lines;
    }
}
