namespace KernelSim.Bytecode;

internal sealed class RegisterRule() : InstructionRule(
    "bytecode.register",
    "Registers are r0 to r10.",
    "The bytes are damaged, or no program: compile again.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        BpfInstruction instruction = program[index];
        int highest = Math.Max(instruction.Destination, instruction.Source);
        return highest <= Opcodes.FramePointer ? null
            : Problem(program, index, highest, Opcodes.FramePointer, $"register {highest}, expected 0 to 10");
    }
}
