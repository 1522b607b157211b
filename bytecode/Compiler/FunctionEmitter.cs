using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>Emits a function, instruction after instruction.</summary>
internal static class FunctionEmitter
{
    public static void Emit(FunctionCode code, FunctionFlow function, StackPointers pointers)
    {
        if (function.HasLoop)
        {
            code.DeclareTicks();
            code.RestoreTicks();
        }

        int[] instructions = [.. function.Instructions.Order()];
        if (instructions[0] != function.Entry)
        {
            code.IL.Emit(OpCodes.Br, code.LabelOf(function.Entry));
        }

        foreach (int i in instructions)
        {
            code.IL.MarkLabel(code.LabelOf(i));
            code.Target.Mark(code.IL, i);
            Emit(code, i, pointers);
        }

        code.EmitLater();
    }

    private static void Emit(FunctionCode code, int i, StackPointers pointers)
    {
        BpfInstruction instruction = code.Image.Instructions[i];
        switch (instruction.Class)
        {
            case InstructionClass.Ld:
                EmitWide(code, instruction, i);
                break;
            case InstructionClass.Alu or InstructionClass.Alu64:
                AluEmitter.Emit(code, instruction);
                break;
            case InstructionClass.Jmp or InstructionClass.Jmp32 when instruction.Opcode is Opcodes.Call or Opcodes.CallRegister:
                CallEmitter.Emit(code, instruction, i);
                break;
            case InstructionClass.Jmp or InstructionClass.Jmp32:
                JumpEmitter.Emit(code, instruction, i);
                break;
            case InstructionClass.Stx when instruction.Mode == Opcodes.ModeAtomic:
                AtomicEmitter.Emit(code, instruction, i, pointers);
                break;
            default:
                AccessEmitter.Emit(code, instruction, i, pointers);
                break;
        }
    }

    private static void EmitWide(FunctionCode code, BpfInstruction instruction, int i)
    {
        if (code.Target.ReferenceAt(i) is var reference and >= 0)
        {
            code.LoadRun();
            code.IL.Emit(OpCodes.Ldfld, RunMembers.Program);
            code.IL.Emit(OpCodes.Call, RunMembers.References);
            code.IL.Emit(OpCodes.Ldc_I4, reference);
            code.IL.Emit(OpCodes.Ldelem_I8);
        }
        else
        {
            code.Constant((long)instruction.WideConstant(code.Image.Instructions[i + 1]));
        }

        code.Store(instruction.Destination);
    }
}
