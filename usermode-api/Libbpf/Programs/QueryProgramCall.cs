using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary><c>ebpf_program_query_info</c>.</summary>
internal readonly struct QueryProgramCall(int program, ProgramOrigin answer) : ILibraryCall
{
    // Upstream's room for the reply.
    private const int Room = 1024;

    /// <inheritdoc/>
    public int Descriptor => program;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolve(program, out OpenDescriptor? entry))
        {
            return call.Refused;
        }

        call.Channel.Begin<QueryProgramInfoRequest>(EbpfOperationId.QueryProgramInfo, 0, out _).Handle = entry.Handle;
        EbpfResult result = call.Channel.Send(Room, isFixed: false);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        ref readonly QueryProgramInfoReply reply = ref call.Channel.Reply<QueryProgramInfoReply>(out ReadOnlySpan<byte> tail);
        int file = reply.FileNameOffset - QueryProgramInfoReply.TailOffset;
        int section = reply.SectionNameOffset - QueryProgramInfoReply.TailOffset;
        int end = reply.Header.Length - QueryProgramInfoReply.TailOffset;
        if (file < 0 || section < file || end < section || end > tail.Length)
        {
            return EbpfResult.InvalidArgument;
        }

        answer.CodeType = reply.CodeType;
        answer.FileName = Encoding.UTF8.GetString(tail[file..section]);
        answer.SectionName = Encoding.UTF8.GetString(tail[section..end]);
        return EbpfResult.Success;
    }
}
