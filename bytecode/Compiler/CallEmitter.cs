using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>Calls of helpers and of functions of the program.</summary>
internal static class CallEmitter
{
    public static void Emit(FunctionCode code, BpfInstruction instruction, int i)
    {
        if (instruction.IsLocalCall)
        {
            EmitLocal(code, i + 1 + instruction.Immediate);
        }
        else
        {
            EmitHelper(code, instruction, i);
        }
    }

    private static void EmitLocal(FunctionCode code, int entry)
    {
        code.SaveTicks();
        code.LoadRun();
        LoadArguments(code);
        code.Load(Opcodes.FramePointer);
        code.Constant(BytecodeRun.FrameSize);
        code.IL.Emit(OpCodes.Sub);
        code.IL.Emit(OpCodes.Call, code.CalleeAt(entry));
        code.Store(0);
        code.RestoreTicks();
        code.EndIfEnded();
    }

    private static void EmitHelper(FunctionCode code, BpfInstruction instruction, int i)
    {
        Set(code, RunMembers.Instruction, i);
        Set(code, RunMembers.Frames, code.Frame);
        code.SaveTicks();
        code.LoadRun();
        code.IL.Emit(OpCodes.Ldfld, RunMembers.Host);
        code.LoadRun();
        LoadId(code, instruction);
        LoadArguments(code);
        code.IL.Emit(OpCodes.Callvirt, RunMembers.CallHelper);
        if (code.Image.UnwindHelper is not { } unwind || (instruction.IsHelperCall && (uint)instruction.Immediate != unwind))
        {
            code.Store(0);
            code.EndIfEnded();
            return;
        }

        EmitUnwind(code, instruction, unwind);
    }

    /// <summary>The helper's result is on the stack. The number of a call by register is looked at before the result replaces a register.</summary>
    private static void EmitUnwind(FunctionCode code, BpfInstruction instruction, uint unwind)
    {
        ILGenerator il = code.IL;
        Label go = il.DefineLabel();
        LocalBuilder result = il.DeclareLocal(typeof(ulong));
        il.Emit(OpCodes.Stloc, result);
        code.EndIfEnded();
        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Brtrue, go);
        LoadId(code, instruction);
        il.Emit(OpCodes.Ldc_I4, (int)unwind);
        il.Emit(OpCodes.Bne_Un, go);
        Set(code, RunMembers.HasEnded, 1);
        il.Emit(OpCodes.Br, code.Ended);
        il.MarkLabel(go);
        il.Emit(OpCodes.Ldloc, result);
        code.Store(0);
    }

    private static void LoadId(FunctionCode code, BpfInstruction instruction)
    {
        if (instruction.IsHelperCall)
        {
            code.IL.Emit(OpCodes.Ldc_I4, instruction.Immediate);
        }
        else
        {
            AluEmitter.LoadRegister(code, instruction.Destination, is64: false);
        }
    }

    private static void LoadArguments(FunctionCode code)
    {
        for (int register = 1; register <= 5; register++)
        {
            code.Load(register);
        }
    }

    private static void Set(FunctionCode code, System.Reflection.FieldInfo field, int value)
    {
        code.LoadRun();
        code.IL.Emit(OpCodes.Ldc_I4, value);
        code.IL.Emit(OpCodes.Stfld, field);
    }
}
