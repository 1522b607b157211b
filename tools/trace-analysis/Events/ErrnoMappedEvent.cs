namespace KernelSim.TraceAnalysis.Events;

/// <summary>A kernel status became an errno, each step by name.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Result">The ebpf_result.</param>
/// <param name="Status">The NTSTATUS.</param>
/// <param name="Win32">The Win32 error.</param>
/// <param name="Errno">The errno, by name.</param>
public sealed record ErrnoMappedEvent(EventHeader Header, string Result, string Status, string Win32, string Errno)
    : TracedEvent(Header);
