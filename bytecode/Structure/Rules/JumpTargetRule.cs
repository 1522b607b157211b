namespace KernelSim.Bytecode;

internal sealed class JumpTargetRule() : InstructionRule(
    "bytecode.jump_target",
    "A jump goes to an instruction of the program, not into the second slot of lddw.",
    "The bytes are damaged, or were cut off: compile again.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        BpfInstruction instruction = program[index];
        if (!instruction.IsConditionalJump && !instruction.IsUnconditionalJump)
        {
            return null;
        }

        long target = (long)index + 1 + instruction.JumpDistance;
        return program.ProblemOfTarget(target) is { } text
            ? Problem(program, index, target, program.Length - 1, $"jump to {text}")
            : null;
    }
}
