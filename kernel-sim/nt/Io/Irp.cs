using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Io;

/// <summary>
/// One request to a driver, IRP, with the relevant parts of its stack location. The I/O manager owns it before dispatch and after
/// completion, the driver in between.
/// </summary>
/// <remarks>
/// It is finished when it has been completed <em>and</em> the dispatch routine has returned; the later of the two does the rest
/// (reply, status block, event). The IRP is then reused for another request.
/// </remarks>
public sealed unsafe class Irp
{
    // The bits of its state, which debuggers read too.
    internal const int Completed = 1;
    internal const int Returned = 2;
    internal const int Pending = 4;
    internal const int InUse = 8;

    private Action<KeThread, Irp>? _cancelRoutine;
    private volatile bool _cancel;
    private int _state;
    internal readonly CacheLinePad Pad = new();

    internal Irp(Machine machine)
    {
        Done = new KEvent(machine, manualReset: true);
        FinishLater = new ExWorkItem(machine, current => machine.Io.Requests.Finish(current, this, isSender: false)) { NeverWaits = true };
    }

    /// <summary>The kind of request.</summary>
    public IrpMajorFunction MajorFunction { get; private set; }

    /// <summary>The file object through which the request was sent.</summary>
    public FileObject FileObject { get; private set; } = null!;

    /// <summary>The process that sent the request; null for the system.</summary>
    public PsProcess? Process { get; private set; }

    /// <summary>Request id of the API call that it belongs to.</summary>
    public ulong RequestId { get; private set; }

    /// <summary>The control code of a device control request.</summary>
    public IoControlCode ControlCode { get; internal set; }

    /// <summary>Size of the request in bytes.</summary>
    public uint InputLength { get; internal set; }

    /// <summary>Size of the caller's output buffer in bytes.</summary>
    public uint OutputLength => Output.Length;

    /// <summary>
    /// METHOD_BUFFERED: request and reply share this memory, of max(input, output) bytes; a reply written here overwrites the
    /// request. Null if both lengths are 0. The bytes after the request are uninitialised.
    /// </summary>
    public byte* SystemBuffer { get; internal set; }

    /// <summary>True once cancellation has been requested.</summary>
    public bool Cancel => _cancel;

    /// <summary>For the driver's use while it owns the request.</summary>
    public object? DriverContext { get; set; }

    internal UserRange Output { get; set; }

    internal ulong IoStatusBlock { get; set; }

    internal ExEvent? Event { get; set; }

    /// <summary>Name of the operation in traces; empty if no session was listening when it was sent.</summary>
    internal string Operation { get; set; } = string.Empty;

    /// <summary>The first 8 bytes of the request, which its reply overwrites: readers of the flight recorder find the operation in them.</summary>
    internal ulong RequestStart { get; set; }

    /// <summary>What the driver has copied before its dispatch routine returned.</summary>
    internal FlightCopies Copies;

    internal NtStatus Status { get; set; }

    internal ulong Information { get; set; }

    /// <summary>
    /// Whether it holds references of its own to its file object and event: from when the dispatch routine has returned before it was completed.
    /// Until then the sender's keep both.
    /// </summary>
    internal bool HoldsReferences { get; private set; }

    /// <summary>Size of its system buffer; 0 if it has none.</summary>
    internal long BufferBytes => SystemBuffer == null ? 0 : Math.Max(InputLength, OutputLength);

    /// <summary>True if the sending thread waits for <see cref="Done"/> and releases the request itself.</summary>
    internal bool IsWaitedFor { get; set; }

    internal KEvent Done { get; }

    internal ExWorkItem FinishLater { get; }

    // The queue of its process that lists it, and its links there; guarded by that queue's lock.
    internal IrpQueue? Queue { get; set; }

    internal Irp? Next { get; set; }

    internal Irp? Previous { get; set; }

    internal bool IsMarkedPending => (Volatile.Read(ref _state) & Pending) != 0;

    internal bool IsCompleted => (Volatile.Read(ref _state) & Completed) != 0;

    internal bool IsInUse => (Volatile.Read(ref _state) & InUse) != 0;

    internal bool HasCancelRoutine => Volatile.Read(ref _cancelRoutine) is not null;

    /// <summary>Marks the request as pending: <c>IoMarkIrpPending</c>. Call it from the dispatch routine, before it returns.</summary>
    public void MarkPending() => Interlocked.Or(ref _state, Pending);

    /// <summary>
    /// Sets or clears (null) the routine called when the request is cancelled: <c>IoSetCancelRoutine</c>. Returns the previous one:
    /// null when clearing means that cancellation has already taken it.
    /// </summary>
    /// <remarks>
    /// The routine runs at DISPATCH_LEVEL and must complete the request. After setting one, a driver checks <see cref="Cancel"/>: if it is
    /// set and clearing returns the routine, the driver completes the request as cancelled itself; otherwise the routine will.
    /// </remarks>
    public Action<KeThread, Irp>? SetCancelRoutine(Action<KeThread, Irp>? routine) => Interlocked.Exchange(ref _cancelRoutine, routine);

    internal void Prepare(IrpMajorFunction function, FileObject file, PsProcess? process, ulong requestId)
    {
        MajorFunction = function;
        RequestId = requestId;

        // As a rule the thread sends on the same file object again, and both are still there.
        if (!ReferenceEquals(FileObject, file))
        {
            FileObject = file;
        }

        if (!ReferenceEquals(Process, process))
        {
            Process = process;
        }

        Volatile.Write(ref _state, InUse);
    }

    /// <summary>Takes references of its own; the sender still holds its own.</summary>
    internal void HoldReferences()
    {
        // A request of the file object's own end is sent after its last reference was dropped.
        if (!FileObject.IsGoing)
        {
            HoldsReferences = true;
            FileObject.Reference();
            Event?.Reference();
        }
    }

    internal void Reset()
    {
        HoldsReferences = false;
        (RequestId, ControlCode, InputLength, Output) = (0, default, 0, default);
        RequestStart = 0;
        (IoStatusBlock, Event, Status, Information, IsWaitedFor, DriverContext) = (0, null, default, 0, false, null);
        (Operation, _cancelRoutine, _cancel) = (string.Empty, null, false);
        SystemBuffer = null;
        Volatile.Write(ref _state, 0);
        if (Done.State)
        {
            Done.Clear();
        }
    }

    /// <summary>Lets go of the file object and the process of its last use; another thread will use it next.</summary>
    internal void Forget() => (FileObject, Process) = (null!, null);

    /// <summary>Marks it cancelled and takes its cancel routine, which the caller must then call.</summary>
    internal Action<KeThread, Irp>? TakeForCancel()
    {
        _cancel = true;
        return SetCancelRoutine(null);
    }

    /// <summary>Records completion. False, and nothing changes, if it had been completed before.</summary>
    internal bool TryComplete(out bool hasReturned)
    {
        int before = Interlocked.Or(ref _state, Completed);
        hasReturned = (before & Returned) != 0;
        return (before & Completed) == 0;
    }

    /// <summary>Records that the dispatch routine has returned. True if the request had been completed by then.</summary>
    internal bool MarkReturned() => (Interlocked.Or(ref _state, Returned) & Completed) != 0;
}
