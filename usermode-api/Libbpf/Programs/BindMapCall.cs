using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

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
