namespace KernelSim.TraceAnalysis.Events;

/// <summary>A process opened the library.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProcessId">The process; 0 in traces of versions that did not record it.</param>
/// <param name="Version">The library version: checked, upstream or before-3564.</param>
/// <param name="PossibleCpus">The possible CPUs that the library counts.</param>
public sealed record LibraryOpenEvent(EventHeader Header, int ProcessId, string Version, int PossibleCpus)
    : TracedEvent(Header);
