using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 17: describes a program's type and its helpers. If asked by type, it creates a program temporarily.
/// </summary>
/// <remarks>
/// As upstream, a reply that fits sets neither the header's length nor the version; the request's bytes are still there.
/// </remarks>
internal sealed unsafe class GetProgramInfoHandler() : ProtocolHandler(EbpfOperationId.GetProgramInfo)
{
    private const int SizeOffset = 16;

    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        GetProgramInfoRequest request = call.Read<GetProgramInfoRequest>();
        EbpfResult result;
        EbpfProgram? program;
        if (request.ProgramHandle == NtHandle.Invalid)
        {
            ProgramParameters parameters = new(request.ProgramType, Guid.Empty, [], [], []);
            result = ProgramCreation.Run(call.Caller, parameters, out program);
        }
        else
        {
            result = call.Reference(request.ProgramHandle, EbpfObjectType.Program, out EbpfObject? @object);
            program = (EbpfProgram?)@object;
        }

        if (program is null)
        {
            return result;
        }

        result = Describe(call, program);
        program.Release(call.Current);
        return result;
    }

    private static EbpfResult Describe(in ProtocolCall call, EbpfProgram program)
    {
        EbpfResult result = program.Providers.Reference(out ProgramData? data);
        if (!call.Require(result == EbpfResult.Success, CheckTable.ProgramProvider, result == EbpfResult.Success ? 1 : 0, 1))
        {
            return result;
        }

        byte[] bytes = ProgramInfoWriter.Write(data!.Info);
        program.Providers.Dereference();
        int room = call.ReplyLength - GetProgramInfoReply.TailOffset;
        if (!call.Require(room >= bytes.Length, CheckTable.ProgramDescribeRoom, room, bytes.Length))
        {
            *(ulong*)(call.Reply + SizeOffset) = 0;
            call.SetReplyLength(Math.Min(GetProgramInfoReply.TailOffset + bytes.Length, ushort.MaxValue));
            return call.Refused;
        }

        *(ulong*)(call.Reply + SizeOffset) = (ulong)bytes.Length;
        Span<byte> tail = new(call.Reply + GetProgramInfoReply.TailOffset, room);
        bytes.CopyTo(tail);
        tail[bytes.Length..].Clear();
        return EbpfResult.Success;
    }
}
