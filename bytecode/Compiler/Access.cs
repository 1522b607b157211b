using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>What a load, a store or an atomic touches: bytes at a distance from a register.</summary>
internal readonly record struct Access(int Register, short Offset, int Size, bool Writes)
{
    /// <summary>Whether it is a constant distance from r10, in the function's own frame.</summary>
    public bool IsInOwnFrame => Register == Opcodes.FramePointer && Offset >= -BytecodeRun.FrameSize && Offset <= -Size;

    public static Access Of(BpfInstruction instruction) => instruction.Class == InstructionClass.Ldx
        ? new(instruction.Source, instruction.Offset, instruction.AccessLength, false)
        : new(instruction.Destination, instruction.Offset, instruction.AccessLength, true);

    public void LoadAddress(FunctionCode code)
    {
        code.Load(Register);
        if (Offset != 0)
        {
            code.Constant(Offset);
            code.IL.Emit(OpCodes.Add);
        }
    }
}
