namespace KernelSim.UserMode;

/// <summary>The user library that marshals a process's calls. <c>docs/differences.md</c> compares the three row by row.</summary>
public enum LibraryVersion
{
    /// <summary>KernelSim's own: every buffer is checked before a byte is copied, and none of upstream's pitfalls.</summary>
    Checked,

    /// <summary>The current library of eBPF for Windows: right sizes, unchecked buffers.</summary>
    Upstream,

    /// <summary>
    /// The library before microsoft/ebpf-for-windows#3564 was fixed: like <see cref="Upstream"/>, but a batch lookup sizes and splits
    /// records with one CPU's value, although the kernel packs all CPUs'.
    /// </summary>
    Before3564,
}
