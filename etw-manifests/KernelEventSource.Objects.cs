using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Handles to kernel objects.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A process got a handle.</summary>
    [Event(Ids.HandleCreate, Level = EventLevel.Verbose, Keywords = Keywords.Object, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: process {2} gets handle {3} of a {4}")]
    public void HandleCreate(ulong requestId, int processor, int processId, long handle, string objectType, ulong sequence = 0) =>
        Write(Ids.HandleCreate, requestId, processor, processId, handle, objectType);

    /// <summary>A handle was closed by its process, or by the end of it.</summary>
    [Event(Ids.HandleClose, Level = EventLevel.Verbose, Keywords = Keywords.Object, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: process {2} closes handle {3} of a {4}")]
    public void HandleClose(ulong requestId, int processor, int processId, long handle, string objectType, ulong sequence = 0) =>
        Write(Ids.HandleClose, requestId, processor, processId, handle, objectType);
}
