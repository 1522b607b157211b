using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Ps;

/// <summary>What a process is created with.</summary>
public sealed record ProcessOptions
{
    /// <summary>Image name.</summary>
    public string Name { get; init; } = "app.exe";

    /// <summary>Elevated administrator or not. The eBPF device admits only administrators.</summary>
    public bool Administrator { get; init; } = true;

    /// <summary>How its heap lays out blocks.</summary>
    public HeapMode Heap { get; init; } = HeapMode.Guarded;

    /// <summary>
    /// True: handles are numbered 1, 2, 3 and so on without generations, as the handle table of eBPF for Windows' user-mode tests
    /// numbers them; recorded messages name such handles.
    /// </summary>
    public bool DenseHandles { get; init; }

    /// <summary>
    /// Most bytes of pool that its outstanding requests may take at once for their system buffers; a request beyond answers
    /// STATUS_QUOTA_EXCEEDED. Not limited by default.
    /// </summary>
    public long PoolQuota { get; init; } = long.MaxValue;
}
