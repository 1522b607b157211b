using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Calls.Programs;

/// <summary>The messages about programs: one method for each operation, from arguments to request and from reply to result.</summary>
internal static class ProgramMessages
{
    /// <summary>Operation 27: makes a program keep a map alive.</summary>
    public static EbpfResult BindMap(ApiCall call, NtHandle program, NtHandle map)
    {
        ref BindMapRequest request = ref call.Channel.Begin<BindMapRequest>(EbpfOperationId.BindMap, 0, out _);
        request.ProgramHandle = program;
        request.MapHandle = map;
        return call.Send();
    }

    /// <summary>Operation 37: sets the flags that hooks get when the program is attached.</summary>
    public static EbpfResult SetFlags(ApiCall call, NtHandle program, ulong flags)
    {
        ref ProgramSetFlagsRequest request = ref call.Channel.Begin<ProgramSetFlagsRequest>(EbpfOperationId.ProgramSetFlags, 0, out _);
        request.ProgramHandle = program;
        request.Flags = flags;
        return call.Send();
    }

    /// <summary>Operation 13: attaches a program. The request must fit a message.</summary>
    /// <param name="call">The call in progress.</param>
    /// <param name="program">Handle of the program.</param>
    /// <param name="attachType">GUID of the attach type.</param>
    /// <param name="data">Attach data.</param>
    /// <param name="link">The handle of the new link on success.</param>
    public static EbpfResult Link(ApiCall call, NtHandle program, Guid attachType, ReadOnlySpan<byte> data, out NtHandle link)
    {
        ref LinkProgramRequest request = ref call.Channel.Begin<LinkProgramRequest>(EbpfOperationId.LinkProgram, data.Length, out Span<byte> tail);
        request.ProgramHandle = program;
        request.AttachType = attachType;
        data.CopyTo(tail);
        EbpfResult result = call.Send(Unsafe.SizeOf<LinkProgramReply>());
        link = result == EbpfResult.Success ? call.Channel.Reply<LinkProgramReply>(out _).LinkHandle : NtHandle.Invalid;
        return result;
    }

    /// <summary>Operation 45: keeps a link attached without its handles.</summary>
    public static EbpfResult SetLegacyMode(ApiCall call, NtHandle link)
    {
        call.Channel.Begin<LinkSetLegacyModeRequest>(EbpfOperationId.LinkSetLegacyMode, 0, out _).LinkHandle = link;
        return call.Send();
    }

    /// <summary>Operation 14 with a link: detaches it. Upstream sends the structure with its end padding.</summary>
    public static EbpfResult Unlink(ApiCall call, NtHandle link)
    {
        const int Padding = 48 - UnlinkProgramRequest.TailOffset;
        ref UnlinkProgramRequest request = ref call.Channel.Begin<UnlinkProgramRequest>(
            EbpfOperationId.UnlinkProgram, Padding, out Span<byte> tail);
        request.LinkHandle = link;
        tail.Clear();
        return call.Send();
    }

    /// <summary>Operation 14 without a link: detaches every link that matches. The request must fit a message.</summary>
    public static EbpfResult Unlink(ApiCall call, NtHandle program, Guid attachType, ReadOnlySpan<byte> data)
    {
        ref UnlinkProgramRequest request = ref call.Channel.Begin<UnlinkProgramRequest>(
            EbpfOperationId.UnlinkProgram, data.Length, out Span<byte> tail);
        request.LinkHandle = NtHandle.Invalid;
        request.ProgramHandle = program;
        request.AttachType = attachType;
        request.AttachDataPresent = (byte)(data.IsEmpty ? 0 : 1);
        data.CopyTo(tail);
        return call.Send();
    }
}
