using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Io;

/// <summary>
/// One request to a driver, IRP, with the parts of its stack location that matter. The I/O manager owns it before dispatch and after
/// completion, the driver in between.
/// </summary>
/// <remarks>
/// It is over when it has been completed <em>and</em> the dispatch routine has returned; whoever does the later of the two does what comes
/// after (reply, status block, event). Then it is used for another request.
/// </remarks>
public sealed unsafe class Irp
{
    private const int Completed = 1;
    private const int Returned = 2;
    private const int Pending = 4;
    private const int InUse = 8;

    private Action<KeThread, Irp>? _cancelRoutine;
    private volatile bool _cancel;
    private int _state;

    internal Irp(Machine machine)
    {
        Done = new KEvent(machine, manualReset: true);
        FinishLater = new ExWorkItem(machine, current => machine.Io.Requests.Finish(current, this, isSender: false));
    }

    /// <summary>What kind of request.</summary>
    public IrpMajorFunction MajorFunction { get; private set; }

    /// <summary>The file object that it was sent through.</summary>
    public FileObject FileObject { get; private set; } = null!;

    /// <summary>The process that sent it; null for the system.</summary>
    public PsProcess? Process { get; private set; }

    /// <summary>The API call that it belongs to.</summary>
    public ulong RequestId { get; private set; }

    /// <summary>The control code of a device control request.</summary>
    public IoControlCode ControlCode { get; internal set; }

    /// <summary>Bytes of the request.</summary>
    public uint InputLength { get; internal set; }

    /// <summary>Bytes that the caller has room for.</summary>
    public uint OutputLength => Output.Length;

    /// <summary>
    /// METHOD_BUFFERED: request and reply share this memory, of max(input, output) bytes; a reply written here overwrites the
    /// request. Null when both lengths are 0. Beyond the request it holds whatever lay there before.
    /// </summary>
    public byte* SystemBuffer { get; internal set; }

    /// <summary>True once somebody asked to cancel it.</summary>
    public bool Cancel => _cancel;

    /// <summary>For the driver, while it owns the request.</summary>
    public object? DriverContext { get; set; }

    internal UserRange Output { get; set; }

    internal ulong IoStatusBlock { get; set; }

    internal ExEvent? Event { get; set; }

    /// <summary>Its name in traces; empty when nobody listened as it was sent.</summary>
    internal string Operation { get; set; } = string.Empty;

    internal NtStatus Status { get; set; }

    internal ulong Information { get; set; }

    /// <summary>Whether it keeps its file object alive: all do but those sent when nothing does any more.</summary>
    internal bool HoldsFile => !FileObject.IsGoing;

    /// <summary>True when the thread that sent it waits for <see cref="Done"/>, and gives it back.</summary>
    internal bool IsWaitedFor { get; set; }

    internal KEvent Done { get; }

    internal ExWorkItem FinishLater { get; }

    // Its place in its process's list; that list's lock guards these.
    internal Irp? Next { get; set; }

    internal Irp? Previous { get; set; }

    internal bool IsListed { get; set; }

    internal bool IsMarkedPending => (Volatile.Read(ref _state) & Pending) != 0;

    internal bool IsCompleted => (Volatile.Read(ref _state) & Completed) != 0;

    internal bool IsInUse => (Volatile.Read(ref _state) & InUse) != 0;

    internal bool HasCancelRoutine => Volatile.Read(ref _cancelRoutine) is not null;

    /// <summary>Says that the request will be completed later: <c>IoMarkIrpPending</c>. From the dispatch routine, before it returns.</summary>
    public void MarkPending() => Interlocked.Or(ref _state, Pending);

    /// <summary>
    /// Sets or clears (null) the routine called when the request is cancelled: <c>IoSetCancelRoutine</c>. Returns the one that was set:
    /// null when clearing means that cancellation has already taken it.
    /// </summary>
    /// <remarks>
    /// The routine runs at DISPATCH_LEVEL and has to complete the request. A driver that sets one then looks at <see cref="Cancel"/>: if it is
    /// set and clearing hands the routine back, the driver completes the request as cancelled itself; if not, the routine will.
    /// </remarks>
    public Action<KeThread, Irp>? SetCancelRoutine(Action<KeThread, Irp>? routine) => Interlocked.Exchange(ref _cancelRoutine, routine);

    internal void Prepare(IrpMajorFunction function, FileObject file, PsProcess? process, ulong requestId)
    {
        MajorFunction = function;
        FileObject = file;
        Process = process;
        RequestId = requestId;
        Volatile.Write(ref _state, InUse);
    }

    internal void Reset()
    {
        (FileObject, Process, RequestId, ControlCode, InputLength, Output) = (null!, null, 0, default, 0, default);
        (IoStatusBlock, Event, Status, Information, IsWaitedFor, DriverContext) = (0, null, default, 0, false, null);
        (Operation, _cancelRoutine, _cancel) = (string.Empty, null, false);
        SystemBuffer = null;
        Volatile.Write(ref _state, 0);
        if (Done.State)
        {
            Done.Clear();
        }
    }

    /// <summary>Marks it cancelled and takes its cancel routine, which the caller then has to call.</summary>
    internal Action<KeThread, Irp>? TakeForCancel()
    {
        _cancel = true;
        return SetCancelRoutine(null);
    }

    /// <summary>Records completion. False when it was completed before; then nothing changes.</summary>
    internal bool TryComplete(out bool hasReturned)
    {
        int before = Interlocked.Or(ref _state, Completed);
        hasReturned = (before & Returned) != 0;
        return (before & Completed) == 0;
    }

    /// <summary>Records that the dispatch routine has returned. True when it had been completed by then.</summary>
    internal bool MarkReturned() => (Interlocked.Or(ref _state, Returned) & Completed) != 0;
}
