namespace KernelSim.EbpfCore;

/// <summary>
/// Mistakes that the driver of eBPF for Windows once made, to be had again for a lesson or a test: <see cref="EbpfCoreOptions.Defects"/>.
/// </summary>
[Flags]
public enum EbpfCoreDefects
{
    /// <summary>The driver as it is.</summary>
    None = 0,

    /// <summary>
    /// Batch lookup-and-delete deletes the key before the one that it reads, which the first element does not have: the request fails with EINVAL,
    /// microsoft/ebpf-for-windows#3687.
    /// </summary>
    DeletesBeforeFirst = 1,

    /// <summary>The key after one that is missing is none, as at the end of the map, instead of the first: microsoft/ebpf-for-windows#2942.</summary>
    EndsWalkAtMissingKey = 2,

    /// <summary>
    /// A detach that fails because the handle is not a program's keeps its reference to the link that it was looking at: that link is never freed,
    /// microsoft/ebpf-for-windows#4057.
    /// </summary>
    KeepsLinkOnFailure = 4,

    /// <summary>Batch delete divides by the size of a key before it looks whether there are keys: microsoft/ebpf-for-windows#3989.</summary>
    DividesByKeySize = 8,
}
