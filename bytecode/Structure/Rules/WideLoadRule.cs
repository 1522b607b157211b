namespace KernelSim.Bytecode;

internal sealed class WideLoadRule() : InstructionRule(
    "bytecode.lddw",
    "lddw takes two slots; of the second one only the immediate is used, the other fields are 0.",
    "The bytes are damaged, or were cut off: compile again.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        if (!program[index].IsWide)
        {
            return null;
        }

        if (index + 1 == program.Length)
        {
            return Problem(program, index, 1, 2, "lddw has 1 slot, expected 2");
        }

        BpfInstruction second = program[index + 1];
        return second is { Opcode: 0, Registers: 0, Offset: 0 } ? null
            : Problem(program, index, second.Opcode, 0, $"the second slot has opcode 0x{second.Opcode:x2}, registers 0x{second.Registers:x2} "
                + $"and offset {second.Offset}, expected 0");
    }
}
