namespace KernelSim.Bytecode;

internal sealed class FunctionBoundaryRule() : ProgramRule(
    "bytecode.function_boundary",
    "An instruction belongs to one function: no jump leads out of a function, and no call into the middle of one.",
    "Call the other function, and end every function with exit or a jump.")
{
    public override StructuralProblem? Check(CheckedProgram program, ControlFlow flow) => flow.SharedInstruction >= 0
        ? Problem(program, flow.SharedInstruction, 2, 1, "2 functions reach it, expected 1")
        : null;
}
