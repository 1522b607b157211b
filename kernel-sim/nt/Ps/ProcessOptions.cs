using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Ps;

/// <summary>The options that a process is created with.</summary>
public sealed record ProcessOptions
{
    /// <summary>Image name.</summary>
    public string Name { get; init; } = "app.exe";

    /// <summary>Whether the process runs as an elevated administrator. The eBPF device admits only administrators.</summary>
    public bool Administrator { get; init; } = true;

    /// <summary>How its heap lays out blocks.</summary>
    public HeapMode Heap { get; init; } = HeapMode.Guarded;

    /// <summary>
    /// True: handles are numbered 1, 2, 3 and so on without generations, as in the handle table of eBPF for Windows' user-mode
    /// tests; recorded messages contain such handles.
    /// </summary>
    public bool DenseHandles { get; init; }

    /// <summary>
    /// Maximum bytes of pool that the system buffers of its outstanding requests may take at once; a request beyond it fails with
    /// STATUS_QUOTA_EXCEEDED. Unlimited by default.
    /// </summary>
    public long PoolQuota { get; init; } = long.MaxValue;
}
