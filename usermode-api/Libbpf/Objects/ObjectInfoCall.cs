using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary><c>bpf_obj_get_info_by_fd</c>, <c>ebpf_object_get_info_by_fd</c>.</summary>
/// <param name="fd">Descriptor of the object.</param>
/// <param name="info">Address of the info buffer; NULL to query the type only.</param>
/// <param name="infoLength">Address of the length.</param>
/// <param name="answer">Receives the type of object; null if it is not wanted.</param>
internal readonly struct ObjectInfoCall(int fd, ulong info, ulong infoLength, ObjectKind? answer = null) : ILibraryCall
{
    private const string InfoSite = "library:obj_get_info.info";
    private const string LengthSite = "library:obj_get_info.info_len";

    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

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
        EbpfResult result = ObjectMessages.GetObjectInfo(call.Channel, entry.Handle, wanted, (int)room, out EbpfObjectType type, out ReadOnlySpan<byte> known);
        if (result == EbpfResult.Success && answer is not null)
        {
            answer.Type = type;
        }

        if (result == EbpfResult.Success && info != 0)
        {
            MemoryMarshal.Write(call.Memory.Access(infoLength, sizeof(uint), MemoryAccess.Write, LengthSite), (uint)known.Length);
            known.CopyTo(call.Memory.Access(info, (uint)known.Length, MemoryAccess.Write, InfoSite));
        }

        return result;
    }
}
