using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Attached programs: links, the hooks that accept them, and the programs' invocations. Ids 130 to 149.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A program was attached. <paramref name="attachType"/> is the attach type's section name, or its GUID.</summary>
    [Event(Ids.LinkAttach, Level = EventLevel.Informational, Keywords = Keywords.Link, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: link {2} attaches program {3} to {4} with {5} bytes of attach data")]
    public void LinkAttach(
        ulong requestId, int processor, long linkId, long programId, string attachType, long dataBytes, ulong sequence = 0) =>
        Write(Ids.LinkAttach, requestId, processor, linkId, programId, attachType, dataBytes);

    /// <summary>A program was detached: this link no longer invokes it.</summary>
    [Event(Ids.LinkDetach, Level = EventLevel.Informational, Keywords = Keywords.Link, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: link {2} detaches program {3} from {4}")]
    public void LinkDetach(ulong requestId, int processor, long linkId, long programId, string attachType, ulong sequence = 0) =>
        Write(Ids.LinkDetach, requestId, processor, linkId, programId, attachType);

    /// <summary>
    /// A hook ran a link's program. <paramref name="result"/> is the program's return value, <paramref name="status"/> whether it ran.
    /// </summary>
    [Event(Ids.HookInvoke, Level = EventLevel.Verbose, Keywords = Keywords.Link, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: link {2} runs program {3}, which returns {4} ({5})")]
    public void HookInvoke(ulong requestId, int processor, long linkId, long programId, long result, string status, ulong sequence = 0) =>
        Write(Ids.HookInvoke, requestId, processor, linkId, programId, result, status);

    /// <summary>A hook's provider decided about a link that wants to attach, or that waited for it to be loaded again.</summary>
    [Event(Ids.ExtensionAttach, Level = EventLevel.Informational, Keywords = Keywords.Link, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: the provider of {3} answers link {2}: {4}")]
    public void ExtensionAttach(ulong requestId, int processor, long linkId, string attachType, string status, ulong sequence = 0) =>
        Write(Ids.ExtensionAttach, requestId, processor, linkId, attachType, status);

    /// <summary>A hook's provider released a link: the link detached, or the provider's driver is being unloaded.</summary>
    [Event(Ids.ExtensionDetach, Level = EventLevel.Informational, Keywords = Keywords.Link, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: the provider of {3} lets link {2} go")]
    public void ExtensionDetach(ulong requestId, int processor, long linkId, string attachType, ulong sequence = 0) =>
        Write(Ids.ExtensionDetach, requestId, processor, linkId, attachType);
}
