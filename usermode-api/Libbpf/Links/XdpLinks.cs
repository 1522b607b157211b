using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary>
/// The links of XDP programs to interfaces. The kernel has no operation to find or replace them: as in upstream, the library walks all links
/// by id, and others can see an interface between two steps.
/// </summary>
internal static class XdpLinks
{
    /// <summary>The program whose link to an interface has the smallest id.</summary>
    /// <returns>Success; <see cref="EbpfResult.NoMoreKeys"/> if there is none.</returns>
    public static EbpfResult Find(ApiCall call, int ifindex, out uint programId)
    {
        programId = 0;
        uint id = 0;
        for (; ; )
        {
            EbpfResult result = OpenNext(call, ref id, out NtHandle link);
            if (result != EbpfResult.Success)
            {
                return result;
            }

            result = GetInfo(call, link, out BpfLinkInfo info);
            call.Library.Gate.NtClose(call.RequestId, link);
            if (result != EbpfResult.Success)
            {
                return result;
            }

            if (info.ProgramTypeUuid == ProgramTypeTable.Xdp && info.XdpIfindex == (uint)ifindex && info.ProgId != 0)
            {
                programId = info.ProgId;
                return EbpfResult.Success;
            }
        }
    }

    /// <summary>Detaches every link of a program to an interface.</summary>
    public static EbpfResult Detach(ApiCall call, int ifindex, uint programId)
    {
        uint id = 0;
        for (; ; )
        {
            EbpfResult result = OpenNext(call, ref id, out NtHandle link);
            if (result != EbpfResult.Success)
            {
                return result == EbpfResult.NoMoreKeys ? EbpfResult.Success : result;
            }

            bool isOld = GetInfo(call, link, out BpfLinkInfo info) == EbpfResult.Success
                && info.ProgId == programId
                && info.XdpIfindex == (uint)ifindex;
            result = isOld ? ProgramMessages.Unlink(call.Channel, link) : EbpfResult.Success;
            call.Library.Gate.NtClose(call.RequestId, link);
            if (result != EbpfResult.Success)
            {
                return result;
            }
        }
    }

    /// <summary>Opens the link after another by id. A link that disappears between the two steps is skipped.</summary>
    private static EbpfResult OpenNext(ApiCall call, ref uint id, out NtHandle link)
    {
        link = NtHandle.Invalid;
        EbpfResult result;
        do
        {
            result = ObjectMessages.GetNextId(call.Channel, EbpfOperationId.GetNextLinkId, id, out id);
            if (result != EbpfResult.Success)
            {
                return result;
            }

            result = ObjectMessages.GetHandleById(call.Channel, EbpfOperationId.GetLinkHandleById, id, out link);
        }
        while (result == EbpfResult.KeyNotFound);
        return result;
    }

    private static EbpfResult GetInfo(ApiCall call, NtHandle link, out BpfLinkInfo info)
    {
        info = default;
        EbpfResult result = ObjectMessages.GetObjectInfo(
            call.Channel, link, default, Unsafe.SizeOf<BpfLinkInfo>(), out EbpfObjectType type, out ReadOnlySpan<byte> answer);
        if (result == EbpfResult.Success && type == EbpfObjectType.Link)
        {
            answer[..Math.Min(answer.Length, Unsafe.SizeOf<BpfLinkInfo>())].CopyTo(MemoryMarshal.AsBytes(new Span<BpfLinkInfo>(ref info)));
        }

        return result;
    }
}
