namespace KernelSim.Bytecode;

/// <summary>
/// What must hold before an engine loads a program: the encoding as RFC 9669 has it, and that control stays in the program. It says nothing about
/// what the program does with memory; the engines check that as it runs.
/// </summary>
public static class StructuralCheck
{
    private static readonly InstructionRule[] s_instructions =
    [
        new OpcodeRule(),
        new RegisterRule(),
        new ReservedDestinationRule(),
        new ReservedSourceRule(),
        new ReservedOffsetRule(),
        new ReservedImmediateRule(),
        new FramePointerRule(),
        new WideLoadRule(),
        new ReferenceRule(),
        new JumpTargetRule(),
        new HelperRule(),
        new CallTargetRule(),
    ];

    private static readonly ProgramRule[] s_program =
    [
        new FunctionBoundaryRule(),
        new FallOffRule(),
        new RecursionRule(),
        new CallDepthRule(),
        new UnreachableRule(),
    ];

    private static readonly LengthRule s_length = new();

    /// <summary>All rules, in the order in which they are asked.</summary>
    public static IReadOnlyList<StructuralRule> Rules { get; } = [s_length, .. s_instructions, .. s_program];

    /// <summary>Checks a program.</summary>
    /// <param name="program">The slots.</param>
    /// <param name="options">What is asked beyond the encoding.</param>
    /// <returns>The first problem; null if there is none.</returns>
    public static StructuralProblem? Run(ReadOnlySpan<BpfInstruction> program, StructuralOptions options) =>
        Run(new CheckedProgram(program, options), out _);

    /// <summary>Checks a program, and keeps how control flows for a compiler; it is null if there is a problem.</summary>
    internal static StructuralProblem? Run(CheckedProgram program, out ControlFlow? flow)
    {
        flow = null;
        if ((s_length.Check(program) ?? CheckInstructions(program)) is { } problem)
        {
            return problem;
        }

        var found = ControlFlow.Of(program);
        problem = s_program.Select(rule => rule.Check(program, found)).FirstOrDefault(result => result is not null);
        flow = problem is null ? found : null;
        return problem;
    }

    private static StructuralProblem? CheckInstructions(CheckedProgram program)
    {
        for (int i = 0; i < program.Length; i += program[i].IsWide ? 2 : 1)
        {
            foreach (InstructionRule rule in s_instructions)
            {
                if (rule.Check(program, i) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }
}
