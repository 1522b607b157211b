using KernelSim.Protocol;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>An open file of a host cannot be read.</summary>
/// <param name="errno">Why.</param>
internal sealed class HostFileException(Errno errno) : IOException
{
    /// <summary>Why.</summary>
    public Errno Errno => errno;
}
