using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Sets the flags that hooks get when the program is attached: <c>ebpf_program_set_flags</c>.</summary>
    /// <param name="program_fd">Descriptor of the program.</param>
    /// <param name="flags">The flags.</param>
    /// <returns>Success; INVALID_FD; INVALID_OBJECT if it is not a program.</returns>
    public EbpfResult ebpf_program_set_flags(int program_fd, ulong flags) => Result(new SetProgramFlagsCall(program_fd, flags));
}

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
