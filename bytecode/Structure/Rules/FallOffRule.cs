namespace KernelSim.Bytecode;

internal sealed class FallOffRule() : ProgramRule(
    "bytecode.fall_off",
    "Control does not run past the last instruction.",
    "End every function with exit or a jump.")
{
    public override StructuralProblem? Check(CheckedProgram program, ControlFlow flow) =>
        flow.Functions.FirstOrDefault(function => function.FallsOffAt >= 0) is { } function
            ? Problem(program, function.FallsOffAt, program.Length, program.Length - 1, "nothing follows it, expected exit or a jump")
            : null;
}
