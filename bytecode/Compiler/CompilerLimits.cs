namespace KernelSim.Bytecode.Compiler;

/// <summary>
/// How much is compiled. The time that the runtime's compiler takes for a method grows with the square of the branches in it: a hostile program would
/// keep it busy for minutes.
/// </summary>
internal static class CompilerLimits
{
    /// <summary>Most accesses and jumps of all functions, each counted once for each frame in which it runs: a second or two.</summary>
    private const int MaxBranches = 4096;

    private const int MaxMethods = 512;

    public static bool Allow(BytecodeImage image, ControlFlow flow) => ProblemOf(image, flow) is null;

    /// <summary>What a program has too much of; null for nothing.</summary>
    public static string? ProblemOf(BytecodeImage image, ControlFlow flow)
    {
        int methods = flow.Functions.Sum(function => function.FrameNumbers.Count());
        long branches = flow.Functions.Sum(function => (long)function.FrameNumbers.Count() * Branches(image, function));
        return methods > MaxMethods
            ? $"{methods} functions given, expected at most {MaxMethods}, each counted once for each frame in which it runs"
            : branches > MaxBranches
            ? $"{branches} accesses and jumps given, expected at most {MaxBranches}: only an interpreter runs larger programs"
            : null;
    }

    private static int Branches(BytecodeImage image, FunctionFlow function) => function.Instructions.Count(i => IsBranch(image.Instructions[i]));

    private static bool IsBranch(BpfInstruction instruction) =>
        instruction.IsJump || instruction.Class is InstructionClass.Ldx or InstructionClass.St or InstructionClass.Stx;
}
