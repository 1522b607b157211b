using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary><c>ebpf_get_next_pinned_object_path</c>.</summary>
/// <param name="start">The previous path; empty for the first.</param>
/// <param name="answer">The type wanted, unknown for any; receives type and path.</param>
internal readonly struct NextPinnedPathCall(string start, PinnedPath answer) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!PinPath.TryCanonicalize(start, out string canonical))
        {
            return call.Refuse(CheckTable.ApiPinPath, "a path without canonical form given");
        }

        int length = Encoding.UTF8.GetByteCount(canonical);
        ref GetNextPinnedObjectPathRequest request = ref call.Channel.Begin<GetNextPinnedObjectPathRequest>(
            EbpfOperationId.GetNextPinnedObjectPath, length, out Span<byte> tail);
        request.Type = answer.Type;
        Encoding.UTF8.GetBytes(canonical, tail);
        EbpfResult result = call.Channel.Send(GetNextPinnedObjectPathReply.TailOffset + PinPath.MaxBytes - 1, isFixed: false);
        if (result == EbpfResult.Success)
        {
            ref readonly GetNextPinnedObjectPathReply reply = ref call.Channel.Reply<GetNextPinnedObjectPathReply>(out ReadOnlySpan<byte> bytes);
            int written = Math.Clamp(reply.Header.Length - GetNextPinnedObjectPathReply.TailOffset, 0, bytes.Length);
            answer.Type = reply.Type;
            answer.Path = Encoding.UTF8.GetString(bytes[..written]);
        }

        return result;
    }
}
