using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 10: returns a program's code type, and the file and section that it came from.</summary>
internal sealed unsafe class QueryProgramInfoHandler() : ProgramHandler(EbpfOperationId.QueryProgramInfo)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfProgram program)
    {
        ReadOnlySpan<byte> file = program.Parameters.FileName;
        ReadOnlySpan<byte> section = program.Parameters.SectionName;
        int length = QueryProgramInfoReply.TailOffset + file.Length + section.Length;
        if (!call.Require(call.ReplyLength >= length, CheckTable.ProgramQueryRoom, call.ReplyLength, length))
        {
            return call.Refused;
        }

        // Not the whole structure: its padding overlaps the start of the tail.
        QueryProgramInfoReply reply = new()
        {
            CodeType = program.CodeType,
            FileNameOffset = QueryProgramInfoReply.TailOffset,
            SectionNameOffset = (ushort)(QueryProgramInfoReply.TailOffset + file.Length),
        };
        Unsafe.CopyBlockUnaligned(
            call.Reply + OperationHeader.ByteCount,
            (byte*)&reply + OperationHeader.ByteCount,
            QueryProgramInfoReply.TailOffset - OperationHeader.ByteCount);
        Span<byte> tail = new(call.Reply + QueryProgramInfoReply.TailOffset, length - QueryProgramInfoReply.TailOffset);
        file.CopyTo(tail);
        section.CopyTo(tail[file.Length..]);
        call.SetReplyLength(length);
        return EbpfResult.Success;
    }
}
