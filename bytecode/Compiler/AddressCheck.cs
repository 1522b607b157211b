using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>
/// The check of an address before an access: two comparisons, one with the frames in use and one with the window of the last access, in the order
/// that the base register suggests; then the run's slow path. A constant distance from r10 within the frame needs none.
/// </summary>
internal static class AddressCheck
{
    /// <returns>Whether the address is known to be in the function's own frame, so that nothing else can change what is there.</returns>
    public static bool Emit(FunctionCode code, BpfInstruction instruction, int i, StackPointers pointers)
    {
        Access access = Access.Of(instruction);
        if (access.IsInOwnFrame)
        {
            return true;
        }

        ILGenerator il = code.IL;
        int live = code.Live.Before(i);
        Label second = il.DefineLabel();
        Label done = il.DefineLabel();
        bool stackFirst = pointers.MayPointToStack(i, access.Register);
        EmitCompare(code, access, stackFirst, second, inside: false);
        il.MarkLabel(done);
        code.Later(() =>
        {
            il.MarkLabel(second);
            EmitCompare(code, access, !stackFirst, done, inside: true);
            code.Save(live);
            code.LoadRun();
            access.LoadAddress(code);
            il.Emit(OpCodes.Ldc_I4, access.Size);
            il.Emit(access.Writes ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldc_I4, code.Frame);
            il.Emit(OpCodes.Call, RunMembers.Reach);
            il.Emit(OpCodes.Brfalse, code.Ended);
            code.Restore(live);
            code.RestoreTicks();
            il.Emit(OpCodes.Br, done);
        });
        return false;
    }

    private static void EmitCompare(FunctionCode code, Access access, bool stack, Label label, bool inside)
    {
        if (stack)
        {
            EmitStack(code, access);
            code.IL.Emit(inside ? OpCodes.Ble_Un : OpCodes.Bgt_Un, label);
        }
        else
        {
            EmitWindow(code, access);
            code.IL.Emit(inside ? OpCodes.Blt_Un : OpCodes.Bge_Un, label);
        }
    }

    /// <summary>Leaves the distance from the lowest frame in use, and the highest one that is inside.</summary>
    private static void EmitStack(FunctionCode code, Access access)
    {
        code.Load(access.Register);
        code.Load(Opcodes.FramePointer);
        code.IL.Emit(OpCodes.Sub);
        code.Constant(access.Offset + BytecodeRun.FrameSize);
        code.IL.Emit(OpCodes.Add);
        code.Constant((BytecodeRun.FrameSize * code.Frame) - access.Size);
    }

    /// <summary>Leaves the distance from the window's start, and the first one that is outside.</summary>
    private static void EmitWindow(FunctionCode code, Access access)
    {
        ILGenerator il = code.IL;
        System.Reflection.FieldInfo window = access.Writes ? RunMembers.WriteWindow : RunMembers.ReadWindow;
        code.Load(access.Register);
        code.LoadRun();
        il.Emit(OpCodes.Ldflda, window);
        il.Emit(OpCodes.Ldfld, RunMembers.Start);
        il.Emit(OpCodes.Sub);
        if (access.Offset != 0)
        {
            code.Constant(access.Offset);
            il.Emit(OpCodes.Add);
        }

        code.LoadRun();
        il.Emit(OpCodes.Ldflda, window);
        il.Emit(OpCodes.Ldfld, RunMembers.LimitOf(access.Size));
    }
}
