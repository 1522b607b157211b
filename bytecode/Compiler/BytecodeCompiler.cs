using KernelSim.Bytecode.Compiler;

namespace KernelSim.Bytecode;

/// <summary>The engine that compiles to IL, which the runtime compiles to machine code. The code is collected with its program.</summary>
public sealed class BytecodeCompiler : IBytecodeEngine
{
    /// <inheritdoc/>
    public string Name => "compiled";

    /// <inheritdoc/>
    public IBytecodeProgram? Load(BytecodeImage image, out StructuralProblem? problem)
    {
        problem = StructuralCheck.Run(new CheckedProgram(image.Instructions.AsSpan(), image.Structure), out ControlFlow? flow);
        return problem is null ? new CompiledProgram(image, flow!.Frames, DynamicCode.Of(image, flow)) : null;
    }
}
