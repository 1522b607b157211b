namespace KernelSim.UserMode;

/// <summary>
/// A link as C code holds it: <c>struct bpf_link</c>. It owns a descriptor until <see cref="Libbpf.bpf_link__destroy"/>; its contents are
/// private to the library.
/// </summary>
public sealed class bpf_link
{
    internal bpf_link(int fd, string? pinPath)
    {
        Fd = fd;
        PinPath = pinPath;
    }

    internal int Fd { get; }

    internal string? PinPath { get; set; }

    internal bool IsDisconnected { get; set; }
}
