using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>A program called a helper that accesses a map, or one that runs another program.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="MapId">The map's id.</param>
/// <param name="Result">The driver's result by name.</param>
/// <param name="Line">The source line of the call: file, number and text; empty if it is not known.</param>
public sealed record HelperCallEvent(EventHeader Header, long ProgramId, long MapId, string Result, string Line)
    : TracedEvent(Header)
{
    /// <summary>The helper, by the name that programs call it.</summary>
    public string Helper => Header.Name == nameof(KernelEventSource.TailCall) ? "bpf_tail_call" : Header.Payload.Text("helper");
}
