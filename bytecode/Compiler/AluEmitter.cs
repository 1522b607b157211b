using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>Arithmetic. 32 bits wide, it is done on int32 and zero-extended.</summary>
internal static class AluEmitter
{
    private static readonly Dictionary<AluOperation, OpCode> s_simple = new()
    {
        [AluOperation.Add] = OpCodes.Add,
        [AluOperation.Sub] = OpCodes.Sub,
        [AluOperation.Mul] = OpCodes.Mul,
        [AluOperation.Or] = OpCodes.Or,
        [AluOperation.And] = OpCodes.And,
        [AluOperation.Xor] = OpCodes.Xor,
    };

    private static readonly Dictionary<AluOperation, OpCode> s_shifts = new()
    {
        [AluOperation.Lsh] = OpCodes.Shl,
        [AluOperation.Rsh] = OpCodes.Shr_Un,
        [AluOperation.Arsh] = OpCodes.Shr,
    };

    public static void Emit(FunctionCode code, BpfInstruction instruction)
    {
        if (instruction.Alu == AluOperation.End)
        {
            EmitSwap(code, instruction);
            return;
        }

        bool is64 = instruction.Class == InstructionClass.Alu64;
        if (instruction.Alu != AluOperation.Mov)
        {
            LoadRegister(code, instruction.Destination, is64);
        }

        EmitOperation(code, instruction, is64);
        if (!is64)
        {
            code.IL.Emit(OpCodes.Conv_U8);
        }

        code.Store(instruction.Destination);
    }

    private static void EmitOperation(FunctionCode code, BpfInstruction instruction, bool is64)
    {
        ILGenerator il = code.IL;
        AluOperation operation = instruction.Alu;
        if (operation == AluOperation.Neg)
        {
            il.Emit(OpCodes.Neg);
        }
        else if (s_simple.TryGetValue(operation, out OpCode simple))
        {
            LoadOperand(code, instruction, is64);
            il.Emit(simple);
        }
        else if (s_shifts.TryGetValue(operation, out OpCode shift))
        {
            LoadCount(code, instruction, is64 ? 63 : 31);
            il.Emit(shift);
        }
        else if (operation == AluOperation.Mov)
        {
            LoadOperand(code, instruction, is64);
            EmitExtension(il, instruction.Offset, is64);
        }
        else
        {
            DivisionEmitter.Emit(code, instruction, is64);
        }
    }

    public static void LoadRegister(FunctionCode code, int register, bool is64)
    {
        code.Load(register);
        if (!is64)
        {
            code.IL.Emit(OpCodes.Conv_U4);
        }
    }

    /// <summary>The source register or the constant, as int64 or int32.</summary>
    public static void LoadOperand(FunctionCode code, BpfInstruction instruction, bool is64)
    {
        if (instruction.HasRegisterOperand)
        {
            LoadRegister(code, instruction.Source, is64);
        }
        else if (is64)
        {
            code.Constant(instruction.Immediate);
        }
        else
        {
            code.IL.Emit(OpCodes.Ldc_I4, instruction.Immediate);
        }
    }

    private static void LoadCount(FunctionCode code, BpfInstruction instruction, int mask)
    {
        if (instruction.HasRegisterOperand)
        {
            LoadRegister(code, instruction.Source, is64: false);
            code.IL.Emit(OpCodes.Ldc_I4, mask);
            code.IL.Emit(OpCodes.And);
        }
        else
        {
            code.IL.Emit(OpCodes.Ldc_I4, instruction.Immediate & mask);
        }
    }

    private static void EmitExtension(ILGenerator il, short bits, bool is64)
    {
        switch (bits)
        {
            case 8:
                il.Emit(OpCodes.Conv_I1);
                break;
            case 16:
                il.Emit(OpCodes.Conv_I2);
                break;
            case 32:
                il.Emit(OpCodes.Conv_I4);
                break;
        }

        if (bits != 0 && is64)
        {
            il.Emit(OpCodes.Conv_I8);
        }
    }

    /// <summary>Programs are little endian, as the hosts are: le only cuts off, be and bswap swap.</summary>
    private static void EmitSwap(FunctionCode code, BpfInstruction instruction)
    {
        (OpCode narrow, Type type) = instruction.Immediate switch
        {
            16 => (OpCodes.Conv_U2, typeof(ushort)),
            32 => (OpCodes.Conv_U4, typeof(uint)),
            _ => (OpCodes.Conv_U8, typeof(ulong)),
        };
        MethodInfo reverse = typeof(BinaryPrimitives).GetMethod(nameof(BinaryPrimitives.ReverseEndianness), [type])!;
        code.Load(instruction.Destination);
        code.IL.Emit(narrow);
        if (instruction.Opcode != Opcodes.LittleEndian)
        {
            code.IL.Emit(OpCodes.Call, reverse);
        }

        code.IL.Emit(OpCodes.Conv_U8);
        code.Store(instruction.Destination);
    }
}
