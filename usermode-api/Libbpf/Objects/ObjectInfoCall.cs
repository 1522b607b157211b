using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>
    /// Queries the info of an object, and its type: <c>ebpf_object_get_info_by_fd</c>.
    /// </summary>
    /// <param name="bpf_fd">Descriptor of the object.</param>
    /// <param name="info">See <see cref="bpf_obj_get_info_by_fd"/>; NULL to query the type only.</param>
    /// <param name="info_len">See <see cref="bpf_obj_get_info_by_fd"/>; may be NULL if <paramref name="info"/> is.</param>
    /// <param name="type">The type of the object.</param>
    /// <returns>Success; INVALID_FD; INVALID_OBJECT; INVALID_ARGUMENT.</returns>
    public EbpfResult ebpf_object_get_info_by_fd(int bpf_fd, ulong info, ulong info_len, out EbpfObjectType type)
    {
        ObjectInfoCall call = new(bpf_fd, info, info_len);
        EbpfResult result = Result(ref call);
        type = call.Type;
        return result;
    }

    /// <summary>Queries the info of an object.</summary>
    /// <param name="bpf_fd">Descriptor of the object.</param>
    /// <param name="info">
    /// Address of a <see cref="Protocol.Messages.BpfMapInfo"/>, <see cref="Protocol.Messages.BpfProgInfo"/> or
    /// <see cref="Protocol.Messages.BpfLinkInfo"/>, by the object's type; its contents are sent along. NULL to query nothing.
    /// </param>
    /// <param name="info_len">Address of the room at <paramref name="info"/>, 4 bytes; receives the number of bytes written.</param>
    /// <returns>0; -EBADF; -EINVAL for a missing length or a buffer that is too short; -EOTHER for a length that does not fit a message.</returns>
    public int bpf_obj_get_info_by_fd(int bpf_fd, ulong info, ulong info_len) => Call(new ObjectInfoCall(bpf_fd, info, info_len));
}

/// <summary><c>bpf_obj_get_info_by_fd</c>, <c>ebpf_object_get_info_by_fd</c>.</summary>
/// <param name="fd">Descriptor of the object.</param>
/// <param name="info">Address of the info buffer; NULL to query the type only.</param>
/// <param name="infoLength">Address of the length.</param>
internal struct ObjectInfoCall(int fd, ulong info, ulong infoLength) : ILibraryCall
{
    private const string InfoSite = "library:obj_get_info.info";
    private const string LengthSite = "library:obj_get_info.info_len";

    /// <inheritdoc/>
    public readonly int Descriptor => fd;

    /// <summary>The type of the object, on success.</summary>
    public EbpfObjectType Type { get; private set; }

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolve(fd, out OpenDescriptor? entry))
        {
            return call.Refused;
        }

        if (infoLength != 0 && !call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiInfoLengthSize, "info_len", infoLength, 1, sizeof(uint)))
        {
            return call.Refused;
        }

        uint room = infoLength == 0
            ? 0
            : MemoryMarshal.Read<uint>(call.Memory.Access(infoLength, sizeof(uint), MemoryAccess.Read, LengthSite));
        if (!call.Require(info == 0 || room > 0, CheckTable.ApiInfoLength, "info_len", room, 1)
            || !call.RequireMessageLength(GetObjectInfoRequest.TailOffset, room)
            || !call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiInfoSize, "info", info, info == 0 ? 0u : 1, room, "*info_len"))
        {
            return call.Refused;
        }

        ReadOnlySpan<byte> wanted = info == 0 ? default : call.Memory.Access(info, room, MemoryAccess.Read, InfoSite);
        EbpfResult result = ObjectMessages.GetObjectInfo(
            call.Channel, entry.Handle, wanted, (int)room, out EbpfObjectType type, out ReadOnlySpan<byte> known);
        Type = type;
        if (result == EbpfResult.Success && info != 0)
        {
            MemoryMarshal.Write(call.Memory.Access(infoLength, sizeof(uint), MemoryAccess.Write, LengthSite), (uint)known.Length);
            known.CopyTo(call.Memory.Access(info, (uint)known.Length, MemoryAccess.Write, InfoSite));
        }

        return result;
    }
}
