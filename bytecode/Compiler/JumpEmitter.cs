using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>Jumps and exit. A jump backwards counts a tick, and asks the run for more when none is left.</summary>
internal static class JumpEmitter
{
    private static readonly Dictionary<JumpOperation, (OpCode Taken, OpCode NotTaken)> s_branches = new()
    {
        [JumpOperation.Equal] = (OpCodes.Beq, OpCodes.Bne_Un),
        [JumpOperation.NotEqual] = (OpCodes.Bne_Un, OpCodes.Beq),
        [JumpOperation.Greater] = (OpCodes.Bgt_Un, OpCodes.Ble_Un),
        [JumpOperation.GreaterOrEqual] = (OpCodes.Bge_Un, OpCodes.Blt_Un),
        [JumpOperation.Less] = (OpCodes.Blt_Un, OpCodes.Bge_Un),
        [JumpOperation.LessOrEqual] = (OpCodes.Ble_Un, OpCodes.Bgt_Un),
        [JumpOperation.SignedGreater] = (OpCodes.Bgt, OpCodes.Ble),
        [JumpOperation.SignedGreaterOrEqual] = (OpCodes.Bge, OpCodes.Blt),
        [JumpOperation.SignedLess] = (OpCodes.Blt, OpCodes.Bge),
        [JumpOperation.SignedLessOrEqual] = (OpCodes.Ble, OpCodes.Bgt),
    };

    public static void Emit(FunctionCode code, BpfInstruction instruction, int i)
    {
        if (instruction.Opcode == Opcodes.Exit)
        {
            code.SaveTicks();
            code.Load(0);
            code.IL.Emit(OpCodes.Ret);
            return;
        }

        int target = i + 1 + instruction.JumpDistance;
        if (target > i)
        {
            EmitBranch(code, instruction, code.LabelOf(target), taken: true);
            return;
        }

        Label next = code.IL.DefineLabel();
        if (!instruction.IsUnconditionalJump)
        {
            EmitBranch(code, instruction, next, taken: false);
        }

        EmitBackwards(code, i, target);
        code.IL.MarkLabel(next);
    }

    private static void EmitBranch(FunctionCode code, BpfInstruction instruction, Label label, bool taken)
    {
        if (instruction.IsUnconditionalJump)
        {
            code.IL.Emit(OpCodes.Br, label);
            return;
        }

        bool is64 = instruction.Class == InstructionClass.Jmp;
        AluEmitter.LoadRegister(code, instruction.Destination, is64);
        AluEmitter.LoadOperand(code, instruction, is64);
        if (instruction.Jump == JumpOperation.AnyBit)
        {
            code.IL.Emit(OpCodes.And);
            code.IL.Emit(taken ? OpCodes.Brtrue : OpCodes.Brfalse, label);
        }
        else
        {
            (OpCode yes, OpCode no) = s_branches[instruction.Jump];
            code.IL.Emit(taken ? yes : no, label);
        }
    }

    private static void EmitBackwards(FunctionCode code, int i, int target)
    {
        ILGenerator il = code.IL;
        LocalBuilder ticks = code.Ticks!;
        Label loop = code.LabelOf(target);
        Label ask = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, ticks);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stloc, ticks);
        il.Emit(OpCodes.Ldloc, ticks);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Bge, loop);
        il.Emit(OpCodes.Br, ask);
        code.Later(() =>
        {
            int live = code.Live.Before(target);
            il.MarkLabel(ask);
            code.Save(live);
            code.LoadRun();
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldc_I4, code.Frame);
            il.Emit(OpCodes.Call, RunMembers.TakeTicks);
            il.Emit(OpCodes.Stloc, ticks);
            il.Emit(OpCodes.Ldloc, ticks);
            il.Emit(OpCodes.Brfalse, code.Ended);
            code.Restore(live);
            il.Emit(OpCodes.Ldloc, ticks);
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Stloc, ticks);
            il.Emit(OpCodes.Br, loop);
        });
    }
}
