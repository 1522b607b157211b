using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>
/// Loads and stores. Outside of the function's own frame they are volatile, since other processors and helpers change what is there: the runtime must
/// not merge or drop any.
/// </summary>
internal static class AccessEmitter
{
    private static readonly Dictionary<(int Size, bool Signed), OpCode> s_loads = new()
    {
        [(1, false)] = OpCodes.Ldind_U1,
        [(2, false)] = OpCodes.Ldind_U2,
        [(4, false)] = OpCodes.Ldind_U4,
        [(8, false)] = OpCodes.Ldind_I8,
        [(1, true)] = OpCodes.Ldind_I1,
        [(2, true)] = OpCodes.Ldind_I2,
        [(4, true)] = OpCodes.Ldind_I4,
    };

    private static readonly Dictionary<int, OpCode> s_stores = new()
    {
        [1] = OpCodes.Stind_I1,
        [2] = OpCodes.Stind_I2,
        [4] = OpCodes.Stind_I4,
        [8] = OpCodes.Stind_I8,
    };

    public static void Emit(FunctionCode code, BpfInstruction instruction, int i, StackPointers pointers)
    {
        bool isOwn = AddressCheck.Emit(code, instruction, i, pointers);
        Access.Of(instruction).LoadAddress(code);
        code.IL.Emit(OpCodes.Conv_U);
        if (instruction.Class == InstructionClass.Ldx)
        {
            EmitLoad(code, instruction, isOwn);
        }
        else
        {
            EmitStore(code, instruction, isOwn);
        }
    }

    private static void EmitLoad(FunctionCode code, BpfInstruction instruction, bool isOwn)
    {
        bool signed = instruction.Mode == Opcodes.ModeSigned;
        EmitPrefixes(code, instruction, isOwn);
        code.IL.Emit(s_loads[(instruction.AccessLength, signed)]);
        code.IL.Emit(signed ? OpCodes.Conv_I8 : OpCodes.Conv_U8);
        code.Store(instruction.Destination);
    }

    private static void EmitStore(FunctionCode code, BpfInstruction instruction, bool isOwn)
    {
        bool is64 = instruction.AccessLength == 8;
        if (instruction.Class == InstructionClass.Stx)
        {
            AluEmitter.LoadRegister(code, instruction.Source, is64);
        }
        else if (is64)
        {
            code.Constant(instruction.Immediate);
        }
        else
        {
            code.IL.Emit(OpCodes.Ldc_I4, instruction.Immediate);
        }

        EmitPrefixes(code, instruction, isOwn);
        code.IL.Emit(s_stores[instruction.AccessLength]);
    }

    private static void EmitPrefixes(FunctionCode code, BpfInstruction instruction, bool isOwn)
    {
        if (instruction.AccessLength > 1)
        {
            code.IL.Emit(OpCodes.Unaligned, (byte)1);
        }

        if (!isOwn)
        {
            code.IL.Emit(OpCodes.Volatile);
        }
    }
}
