using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>The first pin path after another, bytewise: <c>ebpf_get_next_pinned_object_path</c>.</summary>
    /// <param name="start_path">The previous path; it need not be in use. Empty for the first.</param>
    /// <param name="next_path">The path found, in canonical form.</param>
    /// <param name="type">In: the type wanted, <see cref="EbpfObjectType.Unknown"/> for any. Out: the type of the object pinned there.</param>
    /// <returns>Success; NO_MORE_KEYS; INVALID_ARGUMENT for a start without canonical form.</returns>
    public EbpfResult ebpf_get_next_pinned_object_path(string start_path, out string next_path, ref EbpfObjectType type)
    {
        ArgumentNullException.ThrowIfNull(start_path);
        NextPinnedPathCall call = new(start_path, type);
        EbpfResult result = Result(ref call);
        (next_path, type) = (call.Path, call.Type);
        return result;
    }
}

/// <summary><c>ebpf_get_next_pinned_object_path</c>.</summary>
/// <param name="start">The previous path; empty for the first.</param>
/// <param name="type">The type wanted; unknown for any.</param>
internal struct NextPinnedPathCall(string start, EbpfObjectType type) : ILibraryCall
{
    /// <inheritdoc/>
    public readonly int Descriptor => -1;

    /// <summary>The path found, in canonical form; empty on failure.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The type of the object pinned there; on failure the type wanted.</summary>
    public EbpfObjectType Type { get; private set; } = type;

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

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
        request.Type = Type;
        Encoding.UTF8.GetBytes(canonical, tail);
        EbpfResult result = call.Channel.Send(GetNextPinnedObjectPathReply.TailOffset + PinPath.MaxBytes - 1, isFixed: false);
        if (result == EbpfResult.Success)
        {
            ref readonly GetNextPinnedObjectPathReply reply = ref call.Channel.Reply<GetNextPinnedObjectPathReply>(out ReadOnlySpan<byte> bytes);
            int written = Math.Clamp(reply.Header.Length - GetNextPinnedObjectPathReply.TailOffset, 0, bytes.Length);
            Type = reply.Type;
            Path = Encoding.UTF8.GetString(bytes[..written]);
        }

        return result;
    }
}
