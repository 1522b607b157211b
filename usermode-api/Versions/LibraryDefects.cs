namespace KernelSim.UserMode;

/// <summary>
/// Mistakes that the library of eBPF for Windows once made and that are corrected in every <see cref="LibraryVersion"/>, to be had again for a
/// lesson or a test. <see cref="None"/> is the default.
/// </summary>
[Flags]
public enum LibraryDefects
{
    /// <summary>The library as its version is.</summary>
    None = 0,

    /// <summary>
    /// A value of a per-CPU map is sized as one CPU's, unpadded, in every call: microsoft/ebpf-for-windows#1420. The kernel refuses single look-ups
    /// and updates with EINVAL.
    /// </summary>
    UnscaledValues = 1,

    /// <summary>
    /// <c>bpf_map_get_next_key</c> looks for its operation id in the reply, although the kernel sends none with an error: the end of a map is EINVAL
    /// instead of ENOENT, microsoft/ebpf-for-windows#946.
    /// </summary>
    ReadsReplyOfFailure = 2,
}
