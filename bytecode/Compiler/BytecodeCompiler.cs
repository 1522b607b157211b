using System.Runtime.CompilerServices;
using KernelSim.Bytecode.Compiler;
using KernelSim.Bytecode.Interpreter;

namespace KernelSim.Bytecode;

/// <summary>The engine that compiles to IL, which the runtime compiles to machine code. The code is collected with its program.</summary>
/// <remarks>
/// A program with several thousand accesses and jumps is interpreted instead: the runtime's compiler would take too long. So is every program on a
/// host whose runtime has no compiler, such as a browser.
/// </remarks>
public sealed class BytecodeCompiler : IBytecodeEngine
{
    /// <inheritdoc/>
    public string Name => "compiled";

    /// <inheritdoc/>
    public IBytecodeProgram? Load(BytecodeImage image, out StructuralProblem? problem)
    {
        problem = StructuralCheck.Run(new CheckedProgram(image.Instructions.AsSpan(), image.Structure), out ControlFlow? flow);
        if (problem is not null)
        {
            return null;
        }

        return RuntimeFeature.IsDynamicCodeCompiled && CompilerLimits.Allow(image, flow!)
            ? new CompiledProgram(image, flow!.Frames, DynamicCode.Of(image, flow))
            : new InterpretedProgram(image, flow!.Frames);
    }
}
