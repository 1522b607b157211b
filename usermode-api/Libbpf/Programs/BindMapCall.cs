using System.Diagnostics.CodeAnalysis;
using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Makes a program hold a map, which then lives as long as the program.</summary>
    /// <param name="prog_fd">Descriptor of the program.</param>
    /// <param name="map_fd">Descriptor of the map.</param>
    /// <param name="opts">Ignored.</param>
    /// <returns>0; -EBADF, also for a program array of programs of another type; -EINVAL for objects of other types.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameter; upstream does not look at it either.")]
    public int bpf_prog_bind_map(int prog_fd, int map_fd, ulong opts = 0) => Call(new BindMapCall(prog_fd, map_fd));
}

/// <summary><c>bpf_prog_bind_map</c>.</summary>
internal readonly struct BindMapCall(int program, int map) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => program;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) =>
        call.TryResolve(program, out OpenDescriptor? programEntry) && call.TryResolve(map, out OpenDescriptor? mapEntry)
            ? ProgramMessages.BindMap(call.Channel, programEntry.Handle, mapEntry.Handle)
            : call.Refused;
}
