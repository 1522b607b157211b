using KernelSim.Bytecode;
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
    /// <inheritdoc/>
    protected override EbpfResult Prepare(in ProtocolCall call)
    {
        EbpfCodeType type = call.Read<LoadCodeRequest>().CodeType;
        if (!call.Require(type is EbpfCodeType.Jit or EbpfCodeType.Ebpf, CheckTable.ProgramLoadType, (long)type, (long)EbpfCodeType.Ebpf))
        {
            return call.Refused;
        }

        bool permitted = type != EbpfCodeType.Jit || !call.Core.Options.HypervisorCodeIntegrity;
        if (!call.Require(permitted, CheckTable.ProgramLoadIntegrity, permitted ? 0 : 1, 0))
        {
            return call.Refused;
        }

        return EbpfResult.Success;
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
            call.Require(false, CheckTable.ProgramLoadOnce, (long)program.CodeType, 0);
            return call.Refused;
        }

        EbpfResult result = Make(call, program, type, bytes, out ProgramCode? code);
        if (program.TryLoad(call.Current, type, code))
        {
            return result;
        }

        // Another thread loaded code first.
        code?.Release(call.Current);
        call.Require(false, CheckTable.ProgramLoadOnce, (long)program.CodeType, 0);
        return call.Refused;
    }

    private static EbpfResult Make(in ProtocolCall call, EbpfProgram program, EbpfCodeType type, ReadOnlySpan<byte> bytes, out ProgramCode? code)
    {
        code = null;
        if (type == EbpfCodeType.Ebpf)
        {
            IBytecodeEngine? interpreter = call.Core.Options.Interpreter;
            if (!call.Require(interpreter is not null, CheckTable.ProgramLoadInterpreter, interpreter is null ? 0 : 1, 1))
            {
                return call.Refused;
            }

            return MakeBytecode(call, program, interpreter!, bytes, out code);
        }

        if (!call.Require(program.TypeData is not null, CheckTable.ProgramProvider, 0, 1)
            || !call.Require(!bytes.IsEmpty, CheckTable.ProgramLoadNoCode, bytes.Length, 1))
        {
            return call.Refused;
        }

        if (call.Core.Options.Compiler is { } compiler)
        {
            return MakeBytecode(call, program, compiler, bytes, out code);
        }

        code = MachineCode.Create(call.Current.Machine, bytes);
        return code is null ? EbpfResult.NoMemory : EbpfResult.Success;
    }

    private static EbpfResult MakeBytecode(
        in ProtocolCall call, EbpfProgram program, IBytecodeEngine engine, ReadOnlySpan<byte> bytes, out ProgramCode? code)
    {
        code = null;
        int count = bytes.Length / BpfInstruction.Size;
        if (!call.Require(count > 0, CheckTable.ProgramLoadEmpty, count, 1))
        {
            return call.Refused;
        }

        // The provider is asked only for the helpers that have been resolved.
        bool hasHelpers = program.Providers.HelperCount == 0 || program.TypeData is not null;
        if (!call.Require(hasHelpers, CheckTable.ProgramProvider, 0, 1))
        {
            return call.Refused;
        }

        code = BytecodeLoader.Load(call.Core, call.Current, program, engine, bytes);
        if (!call.Require(code is not null, CheckTable.ProgramLoadInstructions, code is null ? 0 : 1, 1))
        {
            return call.Refused;
        }

        return EbpfResult.Success;
    }
}
