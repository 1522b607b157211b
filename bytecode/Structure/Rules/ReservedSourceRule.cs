namespace KernelSim.Bytecode;

internal sealed class ReservedSourceRule() : InstructionRule(
    "bytecode.reserved_source",
    "The source field is 0 where the operand is a constant, 0 or 1 in a call, and 0 to 6 in lddw.",
    "The bytes are damaged, or of a later instruction set: compile with at most -mcpu=v4.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        BpfInstruction instruction = program[index];
        int highest = HighestOf(instruction);
        string expected = highest == 0 ? "0" : $"0 to {highest}";
        return instruction.Source <= highest ? null
            : Problem(program, index, instruction.Source, highest, $"source field {instruction.Source}, expected {expected}");
    }

    private static int HighestOf(BpfInstruction instruction) => instruction.Opcode switch
    {
        Opcodes.Call => Opcodes.LocalCall,
        Opcodes.LoadWide => 6,
        Opcodes.JumpAlways or Opcodes.JumpLong or Opcodes.Exit or Opcodes.CallRegister => 0,
        Opcodes.LittleEndian or Opcodes.BigEndian or Opcodes.ByteSwap => 0,
        _ when instruction.Class == InstructionClass.St => 0,
        _ when (instruction.IsAlu || instruction.IsJump) && !instruction.HasRegisterOperand => 0,
        _ => Opcodes.FramePointer,
    };
}
