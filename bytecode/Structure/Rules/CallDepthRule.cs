namespace KernelSim.Bytecode;

internal sealed class CallDepthRule() : ProgramRule(
    "bytecode.call_depth",
    "Local calls use at most 8 stack frames, the program's own included.",
    "Let the compiler inline functions: declare them static __always_inline.")
{
    public override StructuralProblem? Check(CheckedProgram program, ControlFlow flow) => flow.Frames > StackLimits.MaxFrames
        ? Problem(
            program,
            flow.Deepest.Entry,
            flow.Frames,
            StackLimits.MaxFrames,
            $"the function needs frame {flow.Frames} of the stack, expected at most {StackLimits.MaxFrames}")
        : null;
}
