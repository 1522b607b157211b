using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

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
