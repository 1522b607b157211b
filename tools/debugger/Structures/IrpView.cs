using KernelSim.Debugger.Targets;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Debugger.Structures;

/// <summary>A request to a driver.</summary>
/// <param name="irp">The <see cref="Irp"/>.</param>
internal sealed class IrpView(ITargetObject irp)
{
    /// <summary>The next request in the list that it is in.</summary>
    public static readonly KernelField Next = KernelField.Property<Irp>(nameof(Irp.Next));

    private static readonly KernelField s_major = KernelField.Property<Irp>(nameof(Irp.MajorFunction));
    private static readonly KernelField s_file = KernelField.Property<Irp>(nameof(Irp.FileObject));
    private static readonly KernelField s_process = KernelField.Property<Irp>(nameof(Irp.Process));
    private static readonly KernelField s_request = KernelField.Property<Irp>(nameof(Irp.RequestId));
    private static readonly KernelField s_code = KernelField.Property<Irp>(nameof(Irp.ControlCode));
    private static readonly KernelField s_codeValue = KernelField.Property<IoControlCode>(nameof(IoControlCode.Value));
    private static readonly KernelField s_inputLength = KernelField.Property<Irp>(nameof(Irp.InputLength));
    private static readonly KernelField s_buffer = KernelField.Property<Irp>(nameof(Irp.SystemBuffer));
    private static readonly KernelField s_output = KernelField.Property<Irp>(nameof(Irp.Output));
    private static readonly KernelField s_outputAddress = KernelField.Property<UserRange>(nameof(UserRange.Address));
    private static readonly KernelField s_outputLength = KernelField.Property<UserRange>(nameof(UserRange.Length));
    private static readonly KernelField s_operation = KernelField.Property<Irp>(nameof(Irp.Operation));
    private static readonly KernelField s_state = KernelField.Of<Irp>("_state");
    private static readonly KernelField s_cancel = KernelField.Of<Irp>("_cancel");
    private static readonly KernelField s_cancelRoutine = KernelField.Of<Irp>("_cancelRoutine");
    private static readonly KernelField s_processId = KernelField.Property<PsProcess>(nameof(PsProcess.Id));

    /// <summary>The full name of the type of requests.</summary>
    public static string TypeName => typeof(Irp).FullName!;

    public ITargetObject Object => irp;

    public IrpMajorFunction MajorFunction => (IrpMajorFunction)irp.Integer(s_major);

    /// <summary>The process that sent it; 0 for the system.</summary>
    public uint ProcessId => irp.Object(s_process) is { } process ? (uint)process.Integer(s_processId) : 0;

    public ulong RequestId => irp.Pointer(s_request);

    public ObjectView? File => irp.Object(s_file) is { } file ? new ObjectView(file) : null;

    public IoControlCode ControlCode => new((uint)irp.Struct(s_code).Integer(s_codeValue));

    public uint InputLength => (uint)irp.Integer(s_inputLength);

    public ulong OutputAddress => irp.Struct(s_output).Pointer(s_outputAddress);

    public uint OutputLength => (uint)irp.Struct(s_output).Integer(s_outputLength);

    /// <summary>Host address of its system buffer; 0 if it has none.</summary>
    public ulong SystemBuffer => irp.Pointer(s_buffer);

    /// <summary>The operation's name; empty if nobody traced when it was sent.</summary>
    public string Operation => irp.Text(s_operation) ?? "";

    /// <summary>Whether its driver has kept it to complete it later, and has not yet.</summary>
    public bool IsPending => (State & (Irp.Pending | Irp.Completed)) == Irp.Pending;

    public bool IsCompleted => (State & Irp.Completed) != 0;

    /// <summary>What has happened to it.</summary>
    public IEnumerable<string> Flags => new[]
    {
        ("in use", Irp.InUse), ("marked pending", Irp.Pending), ("dispatch returned", Irp.Returned), ("completed", Irp.Completed),
    }.Where(f => (State & f.Item2) != 0).Select(f => f.Item1).Concat(IsCancelled ? ["cancelled"] : []);

    /// <summary>Whether it has been cancelled: its driver is to complete it.</summary>
    public bool IsCancelled => irp.Flag(s_cancel);

    /// <summary>The cancel routine; null if none is set.</summary>
    public string? CancelRoutine => irp.ReadMethod(s_cancelRoutine.Name);

    private long State => irp.Integer(s_state);
}
