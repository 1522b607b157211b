namespace KernelSim.Bytecode;

/// <summary>A rule that looks at one instruction, and at most at the slot that it names.</summary>
internal abstract class InstructionRule(string id, string text, string fix) : StructuralRule(id, text, fix)
{
    public abstract StructuralProblem? Check(CheckedProgram program, int index);
}
