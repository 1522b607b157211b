namespace KernelSim.TraceAnalysis.Events;

/// <summary>A check refused a request.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Check">The check's id.</param>
/// <param name="Site">The function that refused.</param>
/// <param name="Result">The ebpf_result by name.</param>
/// <param name="Status">The NTSTATUS by name.</param>
/// <param name="Errno">The errno by name.</param>
public sealed record InvalidArgumentEvent(EventHeader Header, string Check, string Site, string Result, string Status, string Errno)
    : TracedEvent(Header);
