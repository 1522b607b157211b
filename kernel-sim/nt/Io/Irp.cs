using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;

namespace KernelSim.Nt.Io;

/// <summary>
/// One request to a driver, IRP, with the parts of its stack location that matter. The I/O manager owns it before dispatch and after
/// completion, the driver in between.
/// </summary>
public sealed unsafe class Irp
{
    internal Irp()
    {
    }

    /// <summary>What kind of request.</summary>
    public IrpMajorFunction MajorFunction => throw null!;

    /// <summary>The file object that it was sent through.</summary>
    public FileObject FileObject => throw null!;

    /// <summary>The process that sent it; null for the system.</summary>
    public PsProcess? Process => throw null!;

    /// <summary>The API call that it belongs to.</summary>
    public ulong RequestId => throw null!;

    /// <summary>The control code of a device control request.</summary>
    public IoControlCode ControlCode => throw null!;

    /// <summary>Bytes of the request.</summary>
    public uint InputLength => throw null!;

    /// <summary>Bytes that the caller has room for.</summary>
    public uint OutputLength => throw null!;

    /// <summary>
    /// METHOD_BUFFERED: request and reply share this memory, of max(input, output) bytes; a reply written here overwrites the
    /// request. Null when both lengths are 0.
    /// </summary>
    public byte* SystemBuffer => throw null!;

    /// <summary>True once somebody asked to cancel it.</summary>
    public bool Cancel => throw null!;

    /// <summary>For the driver, while it owns the request.</summary>
    public object? DriverContext { get; set; }

    /// <summary>Says that the request will be completed later: <c>IoMarkIrpPending</c>.</summary>
    public void MarkPending() => throw null!;

    /// <summary>
    /// Sets or clears (null) the routine called when the request is cancelled: <c>IoSetCancelRoutine</c>. Returns the one that was set:
    /// null when clearing means that cancellation has already taken it.
    /// </summary>
    public Action<KeThread, Irp>? SetCancelRoutine(Action<KeThread, Irp>? routine) => throw null!;
}
