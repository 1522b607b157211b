using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace KernelSim.Bytecode.Compiler;

/// <summary>Makes a dynamic method of each function, once for each frame in which it runs.</summary>
internal static class DynamicCode
{
    private static readonly Type[] s_parameters =
    [
        typeof(BytecodeRun).MakeByRefType(), typeof(ulong), typeof(ulong), typeof(ulong), typeof(ulong), typeof(ulong), typeof(ulong),
    ];

    public static CompiledCode Of(BytecodeImage image, ControlFlow flow)
    {
        Dictionary<(int Entry, int Frame), DynamicMethod> methods = [];
        foreach (FunctionFlow function in flow.Functions)
        {
            foreach (int frame in function.FrameNumbers)
            {
                string name = $"{image.Name}+{function.Entry}";
                methods[(function.Entry, frame)] = new(name, typeof(ulong), s_parameters, typeof(DynamicCode).Module, skipVisibility: true);
            }
        }

        StackPointers pointers = new(image.Instructions, flow);
        Liveness live = new(image.Instructions, flow);
        foreach (((int first, int frame), DynamicMethod method) in methods)
        {
            FunctionCode code = new(method.GetILGenerator(), image, live, frame, target => methods[(target, frame + 1)]);
            FunctionEmitter.Emit(code, flow.At(first), pointers);
        }

        CompiledCode entry = methods[(0, 1)].CreateDelegate<CompiledCode>();
        RuntimeHelpers.PrepareDelegate(entry);
        return entry;
    }
}
