using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary><c>ebpf_program_set_flags</c>.</summary>
internal readonly struct SetProgramFlagsCall(int program, ulong flags) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => program;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) =>
        call.TryResolve(program, out OpenDescriptor? entry) ? ProgramMessages.SetFlags(call.Channel, entry.Handle, flags) : call.Refused;
}
