using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>Atomics: the check of the address, the check that it is a multiple of the size, and the operation.</summary>
internal static class AtomicEmitter
{
    public static void Emit(FunctionCode code, BpfInstruction instruction, int i, StackPointers pointers)
    {
        ILGenerator il = code.IL;
        Access access = Access.Of(instruction);
        bool is64 = access.Size == 8;
        AddressCheck.Emit(code, instruction, i, pointers);
        EmitAlignment(code, access, i);

        var operation = (AtomicOperation)(instruction.Immediate & ~Opcodes.Fetch);
        access.LoadAddress(code);
        AluEmitter.LoadRegister(code, instruction.Source, is64);
        if (operation == AtomicOperation.CompareExchange)
        {
            AluEmitter.LoadRegister(code, 0, is64);
        }

        il.Emit(OpCodes.Call, RunMembers.Atomic(operation, is64 ? typeof(ulong) : typeof(uint)));
        if ((instruction.Immediate & Opcodes.Fetch) == 0)
        {
            il.Emit(OpCodes.Pop);
            return;
        }

        il.Emit(OpCodes.Conv_U8);
        code.Store(operation == AtomicOperation.CompareExchange ? 0 : instruction.Source);
    }

    private static void EmitAlignment(FunctionCode code, Access access, int i)
    {
        ILGenerator il = code.IL;
        Label misaligned = il.DefineLabel();
        access.LoadAddress(code);
        code.Constant(access.Size - 1);
        il.Emit(OpCodes.And);
        il.Emit(OpCodes.Brtrue, misaligned);
        code.Later(() =>
        {
            il.MarkLabel(misaligned);
            code.SaveTicks();
            code.LoadRun();
            access.LoadAddress(code);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldc_I4, code.Frame);
            il.Emit(OpCodes.Call, RunMembers.RefuseMisaligned);
            il.Emit(OpCodes.Pop);
            il.Emit(OpCodes.Br, code.Ended);
        });
    }
}
