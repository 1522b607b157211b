namespace KernelSim.Bytecode;

internal sealed class CallDepthRule() : ProgramRule(
    "bytecode.call_depth",
    "Local calls use at most 8 stack frames, the program's own included.",
    "Let the compiler inline functions: declare them static __always_inline.")
{
    public override StructuralProblem? Check(CheckedProgram program, ControlFlow flow) => flow.Frames > BytecodeRun.MaxFrames
        ? Problem(
            program,
            flow.Deepest.Entry,
            flow.Frames,
            BytecodeRun.MaxFrames,
            $"the function needs frame {flow.Frames} of the stack, expected at most {BytecodeRun.MaxFrames}")
        : null;
}
