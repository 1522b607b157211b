using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 2: creates a program without code, and a handle to it. The tail is file, section and program name, back to back.</summary>
internal sealed unsafe class CreateProgramHandler() : ProtocolHandler(EbpfOperationId.CreateProgram)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        CreateProgramRequest request = call.Read<CreateProgramRequest>();
        ReadOnlySpan<byte> message = new(call.Request, call.RequestLength);
        ProgramParameters parameters = new(
            request.ProgramType,
            AttachType: Guid.Empty,
            message[request.ProgramNameOffset..].ToArray(),
            message[request.SectionNameOffset..request.ProgramNameOffset].ToArray(),
            message[CreateProgramRequest.TailOffset..request.SectionNameOffset].ToArray());
        EbpfResult result = ProgramCreation.Run(call.Caller, parameters, out EbpfProgram? program);
        if (program is null)
        {
            return result;
        }

        result = call.Caller.CreateHandle(program, out NtHandle handle);
        program.Release(call.Current);
        if (result == EbpfResult.Success)
        {
            call.WriteBody(new CreateProgramReply { ProgramHandle = handle });
        }

        return result;
    }
}
