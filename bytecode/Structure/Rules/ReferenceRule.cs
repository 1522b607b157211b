namespace KernelSim.Bytecode;

internal sealed class ReferenceRule() : InstructionRule(
    "bytecode.reference",
    "References to maps, variables and code are resolved before a program is loaded: lddw has source 0.",
    "Open the object with the library, which resolves them.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        BpfInstruction instruction = program[index];
        return !instruction.IsWide || instruction.Source == 0 || program.Options.AllowsReferences ? null
            : Problem(program, index, instruction.Source, 0, $"an unresolved reference of kind {instruction.Source}, expected 0, a number");
    }
}
