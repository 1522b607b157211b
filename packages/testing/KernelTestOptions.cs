using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Nt.Ps;

namespace KernelSim.Testing;

/// <summary>How a test boots its machine, and what it watches.</summary>
public sealed record KernelTestOptions
{
    /// <summary>
    /// The options of the machine. A theory with <see cref="SeedsAttribute"/> sets the seed; a single seed in <c>KERNELSIM_SEED</c> sets that of all
    /// tests. <see cref="MachineOptions.RequestIdBase"/> is replaced, so that traces of machines side by side can be told apart.
    /// </summary>
    public MachineOptions Machine { get; init; } = new();

    /// <summary>The options of the eBPF driver.</summary>
    public EbpfCoreOptions EbpfCore { get; init; } = new();

    /// <summary>The options of the test's process.</summary>
    public ProcessOptions Process { get; init; } = new() { Name = "test.exe" };

    /// <summary>Which leaks fail the test.</summary>
    public LeakPolicy Leaks { get; init; } = LeakPolicy.All;

    /// <summary>What is recorded for the text of a failing test, and for its assertions.</summary>
    public TraceDetail Trace { get; init; } = TraceDetail.Checks;

    /// <summary>Number of events that are kept, at least 1: older ones go.</summary>
    public int TraceCapacity { get; init; } = 16_384;

    /// <summary>Number of events that a failing test prints.</summary>
    public int LastEvents { get; init; } = 20;
}
