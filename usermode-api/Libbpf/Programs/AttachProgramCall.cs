using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary>
/// <c>ebpf_program_attach_by_fds</c>: attaches a program, and returns a descriptor of the link, or leaves the link attached without one
/// (legacy mode), as the older calls guarantee.
/// </summary>
/// <param name="program">The program's descriptor.</param>
/// <param name="attachType">GUID of the attach type; empty if the caller knows none.</param>
/// <param name="data">The attach data.</param>
/// <param name="legacy">True for a link without a descriptor.</param>
/// <param name="byHandle">True for a program of an object: it may have no handle, which the kernel then refuses.</param>
internal readonly struct AttachProgramCall(int program, Guid attachType, AttachData data, bool legacy, bool byHandle = false) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => program;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.Library.Descriptors.TryGet(program, out OpenDescriptor? entry) && !byHandle && !call.TryResolve(program, out _))
        {
            return call.Refused;
        }

        if (attachType == Guid.Empty)
        {
            return call.Refuse(CheckTable.ApiAttachType, "no attach type given");
        }

        if (!data.TryRead(call, LinkProgramRequest.TailOffset, out ReadOnlySpan<byte> bytes))
        {
            return call.Refused;
        }

        EbpfResult result = ProgramMessages.Link(call.Channel, entry?.Handle ?? NtHandle.Invalid, attachType, bytes, out NtHandle link);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        if (!legacy)
        {
            return call.OpenDescriptor(link, shape: null);
        }

        result = ProgramMessages.SetLegacyMode(call.Channel, link);
        call.Library.Gate.NtClose(call.RequestId, link);
        return result;
    }
}
