namespace KernelSim.Bytecode;

internal sealed class UnreachableRule() : ProgramRule(
    "bytecode.unreachable",
    "Every instruction can be reached.",
    "Remove the instructions, or compile with -O2, which does.")
{
    public override StructuralProblem? Check(CheckedProgram program, ControlFlow flow)
    {
        for (int i = 0; i < program.Length; i++)
        {
            if (!flow.Reaches(i) && !program.IsSecondSlot(i))
            {
                return Problem(program, i, i, 0, "no path leads to it");
            }
        }

        return null;
    }
}
