namespace KernelSim.Bytecode;

internal sealed class HelperRule() : InstructionRule(
    "bytecode.helper",
    "A program calls helpers that its program type has.",
    "Use a helper of the program's type, or another section name for the program.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        BpfInstruction instruction = program[index];
        return !instruction.IsHelperCall || program.Options.HasHelper is null || program.Options.HasHelper((uint)instruction.Immediate) ? null
            : Problem(program, index, instruction.Immediate, 0, $"helper {instruction.Immediate}, expected one that the program type has");
    }
}
