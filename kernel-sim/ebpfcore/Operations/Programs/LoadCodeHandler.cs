using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 4: loads a program's code, once. The tail is machine code or instructions. Native code is loaded with its driver, never this way.
/// </summary>
internal sealed unsafe class LoadCodeHandler() : ProgramHandler(EbpfOperationId.LoadCode)
{
    private const int InstructionBytes = 8;

    /// <inheritdoc/>
    protected override EbpfResult Prepare(in ProtocolCall call)
    {
        EbpfCodeType type = call.Read<LoadCodeRequest>().CodeType;
        if (!call.Require(type is EbpfCodeType.Jit or EbpfCodeType.Ebpf, CheckTable.ProgramLoadType, (long)type, (long)EbpfCodeType.Ebpf))
        {
            return CheckTable.ProgramLoadType.Result;
        }

        bool permitted = type != EbpfCodeType.Jit || !call.Core.Options.HypervisorCodeIntegrity;
        return call.Require(permitted, CheckTable.ProgramLoadIntegrity, permitted ? 0 : 1, 0)
            ? EbpfResult.Success
            : CheckTable.ProgramLoadIntegrity.Result;
    }

    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfProgram program)
    {
        EbpfCodeType type = call.Read<LoadCodeRequest>().CodeType;
        ReadOnlySpan<byte> bytes = new(call.Request + LoadCodeRequest.TailOffset, call.RequestLength - LoadCodeRequest.TailOffset);
        EbpfResult result = Load(call, program, type, bytes);
        KernelEventSource.Log.ProgramLoad(
            call.Current.RequestId, call.Current.ProcessorNumber, program.Id, type.ToString(), bytes.Length, ResultConversions.NameOf(result));
        return result;
    }

    private static EbpfResult Load(in ProtocolCall call, EbpfProgram program, EbpfCodeType type, ReadOnlySpan<byte> bytes)
    {
        if (program.CodeType != EbpfCodeType.None)
        {
            return Refuse(call, CheckTable.ProgramLoadOnce, (long)program.CodeType, 0);
        }

        EbpfResult result = Make(call, program, type, bytes, out ProgramCode? code);
        if (program.TryLoad(call.Current, type, code))
        {
            return result;
        }

        // Another thread loaded code first.
        code?.Release(call.Current);
        return Refuse(call, CheckTable.ProgramLoadOnce, (long)program.CodeType, 0);
    }

    private static EbpfResult Make(in ProtocolCall call, EbpfProgram program, EbpfCodeType type, ReadOnlySpan<byte> bytes, out ProgramCode? code)
    {
        code = null;
        if (type == EbpfCodeType.Ebpf)
        {
            return MakeBytecode(call, program, bytes, out code);
        }

        if (!call.Require(program.TypeData is not null, CheckTable.ProgramProvider, 0, 1))
        {
            return CheckTable.ProgramProvider.Result;
        }

        if (!call.Require(!bytes.IsEmpty, CheckTable.ProgramLoadNoCode, bytes.Length, 1))
        {
            return CheckTable.ProgramLoadNoCode.Result;
        }

        code = MachineCode.Create(call.Current.Machine, bytes);
        return code is null ? EbpfResult.NoMemory : EbpfResult.Success;
    }

    private static EbpfResult MakeBytecode(in ProtocolCall call, EbpfProgram program, ReadOnlySpan<byte> bytes, out ProgramCode? code)
    {
        code = null;
        IBytecodeEngine? engine = call.Core.Options.Interpreter;
        if (engine is null)
        {
            return Refuse(call, CheckTable.ProgramLoadInterpreter, 0, 1);
        }

        int count = bytes.Length / InstructionBytes;
        if (!call.Require(count > 0, CheckTable.ProgramLoadEmpty, count, 1))
        {
            return CheckTable.ProgramLoadEmpty.Result;
        }

        // The provider is asked only for the helpers that have been resolved.
        bool hasHelpers = program.Providers.HelperCount == 0 || program.TypeData is not null;
        if (!call.Require(hasHelpers, CheckTable.ProgramProvider, 0, 1))
        {
            return CheckTable.ProgramProvider.Result;
        }

        IBytecodeProgram? loaded = engine.Load(bytes[..(count * InstructionBytes)], out _);
        code = loaded is null ? null : new BytecodeCode(loaded);
        return call.Require(loaded is not null, CheckTable.ProgramLoadInstructions, loaded is null ? 0 : 1, 1)
            ? EbpfResult.Success
            : CheckTable.ProgramLoadInstructions.Result;
    }

    private static EbpfResult Refuse(in ProtocolCall call, Check check, long given, long expected)
    {
        call.Require(false, check, given, expected);
        return check.Result;
    }
}
