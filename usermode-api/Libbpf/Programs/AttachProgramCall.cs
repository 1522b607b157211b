using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Attaches a program: <c>ebpf_program_attach_by_fds</c>.</summary>
    /// <param name="program_fd">Descriptor of the program.</param>
    /// <param name="attach_type">GUID of the attach type; empty is refused, since a descriptor does not know its section.</param>
    /// <param name="attach_parameters">Address of attach data, such as an interface's number; NULL for none.</param>
    /// <param name="attach_parameters_size">Size of the attach data in bytes.</param>
    /// <param name="link">A new descriptor of the link.</param>
    /// <returns>
    /// Success; INVALID_FD; INVALID_ARGUMENT for a program without code; EXTENSION_FAILED_TO_LOAD (EINVAL) if there is no hook of that
    /// type, or it refuses the program or the data.
    /// </returns>
    public EbpfResult ebpf_program_attach_by_fds(
        int program_fd, Guid attach_type, ulong attach_parameters, uint attach_parameters_size, out int link)
    {
        EbpfResult result = Result(
            new AttachProgramCall(program_fd, attach_type, new AttachData(attach_parameters, attach_parameters_size), legacy: false), out link);
        link = result == EbpfResult.Success ? link : -1;
        return result;
    }

    /// <summary><see cref="ebpf_program_attach_by_fds"/> with a link object: <c>ebpf_program_attach_by_fd</c>.</summary>
    /// <param name="program_fd">Descriptor of the program.</param>
    /// <param name="attach_type">GUID of the attach type.</param>
    /// <param name="attach_parameters">Address of attach data.</param>
    /// <param name="attach_parameters_size">Size of the attach data in bytes.</param>
    /// <param name="link">An open link.</param>
    /// <returns>See <see cref="ebpf_program_attach_by_fds"/>.</returns>
    public EbpfResult ebpf_program_attach_by_fd(
        int program_fd, Guid attach_type, ulong attach_parameters, uint attach_parameters_size, out bpf_link? link)
    {
        EbpfResult result = ebpf_program_attach_by_fds(program_fd, attach_type, attach_parameters, attach_parameters_size, out int fd);
        link = result == EbpfResult.Success ? new bpf_link(fd, pinPath: null) : null;
        return result;
    }
}

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
