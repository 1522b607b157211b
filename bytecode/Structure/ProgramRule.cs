namespace KernelSim.Bytecode;

/// <summary>A rule about how control flows. It is asked when every instruction is right on its own.</summary>
internal abstract class ProgramRule(string id, string text, string fix) : StructuralRule(id, text, fix)
{
    public abstract StructuralProblem? Check(CheckedProgram program, ControlFlow flow);
}
