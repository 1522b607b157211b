namespace KernelSim.Bytecode;

internal sealed class ReservedDestinationRule() : InstructionRule(
    "bytecode.reserved_destination",
    "The destination field is 0 in jumps without a condition, calls and exit.",
    "The bytes are damaged, or of a later instruction set: compile with at most -mcpu=v4.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        BpfInstruction instruction = program[index];
        bool reserved = instruction.Opcode is Opcodes.JumpAlways or Opcodes.JumpLong or Opcodes.Call or Opcodes.Exit;
        return !reserved || instruction.Destination == 0 ? null
            : Problem(program, index, instruction.Destination, 0, $"destination field {instruction.Destination}, expected 0");
    }
}
