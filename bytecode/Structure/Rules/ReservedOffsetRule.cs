namespace KernelSim.Bytecode;

internal sealed class ReservedOffsetRule() : InstructionRule(
    "bytecode.reserved_offset",
    "The offset field is 0 in arithmetic, calls, exit, lddw and gotol; 1 makes a division signed, and 8, 16 or 32 a move sign-extending.",
    "The bytes are damaged, or of a later instruction set: compile with at most -mcpu=v4.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        BpfInstruction instruction = program[index];
        string expected = ExpectedOf(instruction);
        return expected.Length == 0 || instruction.Offset == 0 || Extends(instruction) ? null
            : Problem(program, index, instruction.Offset, 0, $"offset field {instruction.Offset}, expected {expected}");
    }

    private static string ExpectedOf(BpfInstruction instruction) => instruction switch
    {
        { IsAlu: true, Alu: AluOperation.Div or AluOperation.Mod } => "0 or 1",
        { Opcode: 0xbc } => "0, 8 or 16",
        { Opcode: 0xbf } => "0, 8, 16 or 32",
        { IsAlu: true } => "0",
        { Opcode: Opcodes.LoadWide or Opcodes.JumpLong or Opcodes.Call or Opcodes.CallRegister or Opcodes.Exit } => "0",
        _ => "",
    };

    private static bool Extends(BpfInstruction instruction) => instruction switch
    {
        { Alu: AluOperation.Div or AluOperation.Mod, IsAlu: true } => instruction.Offset == Opcodes.Signed,
        { Opcode: 0xbc } => instruction.Offset is 8 or 16,
        { Opcode: 0xbf } => instruction.Offset is 8 or 16 or 32,
        _ => false,
    };
}
