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
                code.Constant((long)(((ulong)(uint)code.Image.Instructions[i + 1].Immediate << 32) | (uint)instruction.Immediate));
                code.Store(instruction.Destination);
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
}
