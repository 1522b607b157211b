using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Device;

/// <summary>The messages about programs: one method for each operation, from arguments to request and from reply to result.</summary>
internal static class ProgramMessages
{
    /// <summary>Operation 27: makes a program keep a map alive.</summary>
    public static EbpfResult BindMap(DeviceChannel channel, NtHandle program, NtHandle map)
    {
        ref BindMapRequest request = ref channel.Begin<BindMapRequest>(EbpfOperationId.BindMap, 0, out _);
        request.ProgramHandle = program;
        request.MapHandle = map;
        return channel.Send();
    }

    /// <summary>Operation 37: sets the flags that hooks get when the program is attached.</summary>
    public static EbpfResult SetFlags(DeviceChannel channel, NtHandle program, ulong flags)
    {
        ref ProgramSetFlagsRequest request = ref channel.Begin<ProgramSetFlagsRequest>(EbpfOperationId.ProgramSetFlags, 0, out _);
        request.ProgramHandle = program;
        request.Flags = flags;
        return channel.Send();
    }

    /// <summary>Operation 13: attaches a program. The request must fit a message.</summary>
    /// <param name="channel">The channel of the call in progress.</param>
    /// <param name="program">Handle of the program.</param>
    /// <param name="attachType">GUID of the attach type.</param>
    /// <param name="data">Attach data.</param>
    /// <param name="link">The handle of the new link on success.</param>
    public static EbpfResult Link(DeviceChannel channel, NtHandle program, Guid attachType, ReadOnlySpan<byte> data, out NtHandle link)
    {
        ref LinkProgramRequest request = ref channel.Begin<LinkProgramRequest>(EbpfOperationId.LinkProgram, data.Length, out Span<byte> tail);
        request.ProgramHandle = program;
        request.AttachType = attachType;
        data.CopyTo(tail);
        EbpfResult result = channel.Send(Unsafe.SizeOf<LinkProgramReply>());
        link = result == EbpfResult.Success ? channel.Reply<LinkProgramReply>(out _).LinkHandle : NtHandle.Invalid;
        return result;
    }

    /// <summary>Operation 45: keeps a link attached without its handles.</summary>
    public static EbpfResult SetLegacyMode(DeviceChannel channel, NtHandle link)
    {
        channel.Begin<LinkSetLegacyModeRequest>(EbpfOperationId.LinkSetLegacyMode, 0, out _).LinkHandle = link;
        return channel.Send();
    }

    /// <summary>Operation 14 with a link: detaches it. Upstream sends the structure with its end padding.</summary>
    public static EbpfResult Unlink(DeviceChannel channel, NtHandle link)
    {
        const int Padding = 48 - UnlinkProgramRequest.TailOffset;
        ref UnlinkProgramRequest request = ref channel.Begin<UnlinkProgramRequest>(
            EbpfOperationId.UnlinkProgram, Padding, out Span<byte> tail);
        request.LinkHandle = link;
        tail.Clear();
        return channel.Send();
    }

    /// <summary>Operation 14 without a link: detaches every link that matches. The request must fit a message.</summary>
    public static EbpfResult Unlink(DeviceChannel channel, NtHandle program, Guid attachType, ReadOnlySpan<byte> data)
    {
        ref UnlinkProgramRequest request = ref channel.Begin<UnlinkProgramRequest>(
            EbpfOperationId.UnlinkProgram, data.Length, out Span<byte> tail);
        request.LinkHandle = NtHandle.Invalid;
        request.ProgramHandle = program;
        request.AttachType = attachType;
        request.AttachDataPresent = (byte)(data.IsEmpty ? 0 : 1);
        data.CopyTo(tail);
        return channel.Send();
    }
}
