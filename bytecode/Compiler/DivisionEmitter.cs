using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>Division and remainder. By most constants they are inline; otherwise a method has RFC 9669's rules for 0 and -1.</summary>
internal static class DivisionEmitter
{
    /// <summary>The dividend is on the stack, and then the result.</summary>
    public static void Emit(FunctionCode code, BpfInstruction instruction, bool is64)
    {
        bool signed = instruction.Offset == Opcodes.Signed;
        bool remainder = instruction.Alu == AluOperation.Mod;
        AluEmitter.LoadOperand(code, instruction, is64);
        if (!instruction.HasRegisterOperand && instruction.Immediate is not (0 or -1))
        {
            code.IL.Emit((signed, remainder) switch
            {
                (true, true) => OpCodes.Rem,
                (true, false) => OpCodes.Div,
                (false, true) => OpCodes.Rem_Un,
                (false, false) => OpCodes.Div_Un,
            });
            return;
        }

        string name = $"{(remainder ? "Remainder" : "Divide")}{(signed ? "Signed" : "")}{(is64 ? 64 : 32)}";
        code.IL.Emit(OpCodes.Call, RunMembers.Arithmetic(name));
    }
}
