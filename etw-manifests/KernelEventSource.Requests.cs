using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Requests to drivers, from the I/O manager.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A control request reached the I/O manager.</summary>
    [Event(Ids.IoctlStart, Level = EventLevel.Informational, Keywords = Keywords.Ioctl, Task = Tasks.Ioctl, Opcode = EventOpcode.Start,
        Channel = EventChannel.Analytic, ActivityOptions = EventActivityOptions.Disable,
        Message = "Request {0}, CPU {1}: process {2} sends {3}, {4} bytes, with room for {5}")]
    public void IoctlStart(
        ulong requestId, int processor, int processId, string operation, long inputLength, long outputLength, ulong sequence = 0) =>
        Write(Ids.IoctlStart, requestId, processor, processId, operation, inputLength, outputLength);

    /// <summary>A control request completed; <paramref name="information"/> is the length of its reply.</summary>
    [Event(Ids.IoctlStop, Level = EventLevel.Informational, Keywords = Keywords.Ioctl, Task = Tasks.Ioctl, Opcode = EventOpcode.Stop,
        Channel = EventChannel.Analytic, ActivityOptions = EventActivityOptions.Disable,
        Message = "Request {0}, CPU {1}: {2} completes with {3}, {4} bytes")]
    public void IoctlStop(ulong requestId, int processor, string operation, string status, long information, ulong sequence = 0) =>
        Write(Ids.IoctlStop, requestId, processor, operation, status, information);

    /// <summary>A driver marked a request pending: it will be completed later.</summary>
    [Event(Ids.IrpPending, Level = EventLevel.Verbose, Keywords = Keywords.Irp, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: {3} of process {2} is pending")]
    public void IrpPending(ulong requestId, int processor, int processId, string operation, ulong sequence = 0) =>
        Write(Ids.IrpPending, requestId, processor, processId, operation);

    /// <summary>Cancellation of a pending request was requested.</summary>
    [Event(Ids.IrpCancel, Level = EventLevel.Informational, Keywords = Keywords.Irp, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: {3} of process {2} is cancelled")]
    public void IrpCancel(ulong requestId, int processor, int processId, string operation, ulong sequence = 0) =>
        Write(Ids.IrpCancel, requestId, processor, processId, operation);
}
