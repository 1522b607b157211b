namespace KernelSim.HostBpf;

/// <summary>Program types as Linux numbers them.</summary>
public enum HostProgramType : uint
{
    /// <summary>BPF_PROG_TYPE_SOCKET_FILTER.</summary>
    SocketFilter = 1,

    /// <summary>BPF_PROG_TYPE_XDP.</summary>
    Xdp = 6,
}
