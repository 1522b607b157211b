namespace KernelSim.Bytecode;

internal sealed class RecursionRule() : ProgramRule(
    "bytecode.recursion",
    "No function calls itself, directly or through others.",
    "Replace the recursion with a loop.")
{
    public override StructuralProblem? Check(CheckedProgram program, ControlFlow flow) => flow.Recursive is { } function
        ? Problem(program, function.Entry, function.Entry, 0, "the function that begins here calls itself, directly or through others")
        : null;
}
