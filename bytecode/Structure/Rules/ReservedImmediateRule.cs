namespace KernelSim.Bytecode;

internal sealed class ReservedImmediateRule() : InstructionRule(
    "bytecode.reserved_immediate",
    "The immediate is 0 where the operand is a register; in a byte swap it is 16, 32 or 64, in an atomic one of RFC 9669's operations.",
    "The bytes are damaged, or of a later instruction set: compile with at most -mcpu=v4.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        BpfInstruction instruction = program[index];
        int immediate = instruction.Immediate;
        return instruction switch
        {
            { IsAlu: true, Alu: AluOperation.End } when immediate is not (16 or 32 or 64) =>
                Problem(program, index, immediate, 64, $"width {immediate}, expected 16, 32 or 64"),
            { Class: InstructionClass.Stx, Mode: Opcodes.ModeAtomic } when !IsAtomic(immediate) =>
                Problem(program, index, immediate, 0, $"atomic operation 0x{immediate:x}, expected add, or, and, xor, xchg or cmpxchg"),
            _ when IsReserved(instruction) && immediate != 0 =>
                Problem(program, index, immediate, 0, $"immediate {immediate}, expected 0"),
            _ => null,
        };
    }

    private static bool IsAtomic(int immediate) => immediate is 0x00 or 0x01 or 0x40 or 0x41 or 0x50 or 0x51 or 0xa0 or 0xa1 or 0xe1 or 0xf1;

    private static bool IsReserved(BpfInstruction instruction) => instruction switch
    {
        { IsAlu: true, Alu: AluOperation.End } => false,
        { IsAlu: true } => instruction.HasRegisterOperand || instruction.Alu == AluOperation.Neg,
        { Opcode: Opcodes.JumpAlways or Opcodes.Exit } => true,
        { IsJump: true } => instruction.HasRegisterOperand,
        { Class: InstructionClass.Ldx } => true,
        { Class: InstructionClass.Stx } => instruction.Mode != Opcodes.ModeAtomic,
        _ => false,
    };
}
