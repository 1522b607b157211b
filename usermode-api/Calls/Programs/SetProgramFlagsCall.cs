using KernelSim.Protocol;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode.Calls.Programs;

/// <summary><c>ebpf_program_set_flags</c>.</summary>
internal readonly struct SetProgramFlagsCall(int program, ulong flags) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => program;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) =>
        call.TryResolve(program, out OpenDescriptor? entry) ? ProgramMessages.SetFlags(call, entry.Handle, flags) : call.Refused;
}
