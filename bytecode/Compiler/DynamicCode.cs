using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace KernelSim.Bytecode.Compiler;

/// <summary>Makes a dynamic method of each function.</summary>
internal sealed class DynamicCode : CodeTarget
{
    public static CompiledFunction Of(BytecodeImage image, ControlFlow flow)
    {
        CompiledFunction entry = new DynamicCode().Emit(image, flow).CreateDelegate<CompiledFunction>();
        RuntimeHelpers.PrepareDelegate(entry);
        return entry;
    }

    protected override MethodInfo Define(BytecodeImage image, int entry, int frame, out ILGenerator il)
    {
        DynamicMethod method = new($"{image.Name}+{entry}", typeof(ulong), Parameters, typeof(DynamicCode).Module, skipVisibility: true);
        il = method.GetILGenerator();
        return method;
    }
}
