namespace KernelSim.UserMode;

/// <summary>Which of three user libraries marshals a process's calls. <c>docs/differences.md</c> compares them row by row.</summary>
public enum LibraryVersion
{
    /// <summary>KernelSim's own: every buffer is checked before a byte moves, and none of upstream's traps.</summary>
    Checked,

    /// <summary>The library as eBPF for Windows has it today: right sizes, trusted buffers.</summary>
    Upstream,

    /// <summary>
    /// The library before microsoft/ebpf-for-windows#3564 was fixed: as <see cref="Upstream"/>, but a batch lookup sizes and cuts
    /// records with one CPU's value, where the kernel packs all CPUs'.
    /// </summary>
    Before3564,
}
