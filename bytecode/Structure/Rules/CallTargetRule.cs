namespace KernelSim.Bytecode;

internal sealed class CallTargetRule() : InstructionRule(
    "bytecode.call_target",
    "A local call goes to an instruction of the program, not into the second slot of lddw.",
    "Link the object: the function that is called must be in it.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        BpfInstruction instruction = program[index];
        if (!instruction.IsLocalCall)
        {
            return null;
        }

        long target = (long)index + 1 + instruction.Immediate;
        return program.ProblemOfTarget(target) is { } text
            ? Problem(program, index, target, program.Length - 1, $"call of {text}")
            : null;
    }
}
