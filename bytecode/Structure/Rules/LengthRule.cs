namespace KernelSim.Bytecode;

internal sealed class LengthRule() : StructuralRule(
    "bytecode.length",
    "A program has 1 to 65,536 instruction slots.",
    "Split a longer program with tail calls.")
{
    /// <summary>uBPF's limit, <c>UBPF_MAX_INSTS</c>.</summary>
    private const int MaxLength = 65_536;

    public StructuralProblem? Check(CheckedProgram program) => program.Length switch
    {
        0 => new(this, 0, 0, 1, "the program has no instruction, expected 1 to 65,536"),
        > MaxLength => new(this, MaxLength, program.Length, MaxLength, $"the program has {program.Length} instructions, expected at most 65,536"),
        _ => null,
    };
}
