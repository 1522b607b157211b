using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Detaches every link that matches: <c>ebpf_program_detach</c>.</summary>
    /// <param name="program_fd">Descriptor of the program; an invalid one stands for any.</param>
    /// <param name="attach_type">The attach type.</param>
    /// <param name="attach_parameter">Address of attach data, which must be equal.</param>
    /// <param name="attach_parameter_size">
    /// Size of the attach data in bytes. 0 detaches nothing: links without attach data are not found this way.
    /// </param>
    /// <returns>Success, even if nothing was attached.</returns>
    public EbpfResult ebpf_program_detach(int program_fd, Guid attach_type, ulong attach_parameter, uint attach_parameter_size) =>
        Result(new DetachProgramCall(program_fd, attach_type, new AttachData(attach_parameter, attach_parameter_size)));
}

/// <summary><c>ebpf_program_detach</c>. An invalid program descriptor stands for any program.</summary>
internal readonly struct DetachProgramCall(int program, Guid attachType, AttachData data) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => program;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        NtHandle handle = call.Library.Descriptors.TryGet(program, out OpenDescriptor? entry) ? entry.Handle : NtHandle.Invalid;
        return data.TryRead(call, UnlinkProgramRequest.TailOffset, out ReadOnlySpan<byte> bytes)
            ? ProgramMessages.Unlink(call.Channel, handle, attachType, bytes)
            : call.Refused;
    }
}
