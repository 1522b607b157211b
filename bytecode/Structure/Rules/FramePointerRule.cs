namespace KernelSim.Bytecode;

internal sealed class FramePointerRule() : InstructionRule(
    "bytecode.frame_pointer",
    "r10, the frame pointer, is only read.",
    "Copy r10 to another register and change the copy.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        BpfInstruction instruction = program[index];
        return WrittenBy(instruction) != Opcodes.FramePointer ? null
            : Problem(program, index, Opcodes.FramePointer, Opcodes.FramePointer - 1, "it writes to r10, expected r0 to r9");
    }

    private static int WrittenBy(BpfInstruction instruction) => instruction switch
    {
        { IsAlu: true } or { Class: InstructionClass.Ld or InstructionClass.Ldx } => instruction.Destination,
        { Class: InstructionClass.Stx, Mode: Opcodes.ModeAtomic } when (instruction.Immediate & Opcodes.Fetch) != 0
            && instruction.Immediate != ((int)AtomicOperation.CompareExchange | Opcodes.Fetch) => instruction.Source,
        _ => -1,
    };
}
