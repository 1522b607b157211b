using KernelSim.Bytecode.Interpreter;

namespace KernelSim.Bytecode;

/// <summary>The engine that executes instruction by instruction, and shows them to an observer.</summary>
public sealed class BytecodeInterpreter : IBytecodeEngine
{
    /// <inheritdoc/>
    public string Name => "interpreter";

    /// <inheritdoc/>
    public IBytecodeProgram? Load(BytecodeImage image, out StructuralProblem? problem)
    {
        problem = StructuralCheck.Run(new CheckedProgram(image.Instructions.AsSpan(), image.Structure), out ControlFlow? flow);
        return problem is null ? new InterpretedProgram(image, flow!.Frames) : null;
    }
}
