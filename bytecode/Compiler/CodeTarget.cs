using System.Reflection;
using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>Where the IL of a program goes: dynamic methods, or methods of a module that is written to a file.</summary>
internal abstract class CodeTarget
{
    /// <summary>The parameters of every function: the run, R1 to R5, and R10.</summary>
    protected static Type[] Parameters { get; } =
    [
        typeof(BytecodeRun).MakeByRefType(), typeof(ulong), typeof(ulong), typeof(ulong), typeof(ulong), typeof(ulong), typeof(ulong),
    ];

    /// <summary>Emits all functions of a program, each once for each frame in which it runs.</summary>
    /// <returns>The method that the program begins with.</returns>
    public MethodInfo Emit(BytecodeImage image, ControlFlow flow)
    {
        Dictionary<(int Entry, int Frame), (MethodInfo Method, ILGenerator IL)> methods = [];
        foreach (FunctionFlow function in flow.Functions)
        {
            foreach (int frame in function.FrameNumbers)
            {
                MethodInfo method = Define(image, function.Entry, frame, out ILGenerator il);
                methods[(function.Entry, frame)] = (method, il);
            }
        }

        StackPointers pointers = new(image.Instructions, flow);
        Liveness live = new(image.Instructions, flow);
        foreach (((int entry, int frame), (_, ILGenerator il)) in methods)
        {
            FunctionCode code = new(this, il, image, live, frame, target => methods[(target, frame + 1)].Method);
            FunctionEmitter.Emit(code, flow.At(entry), pointers);
        }

        return methods[(0, 1)].Method;
    }

    /// <summary>Says that what follows is of an instruction.</summary>
    public virtual void Mark(ILGenerator il, int instruction)
    {
    }

    /// <summary>Says that what follows is of no line.</summary>
    public virtual void MarkHidden(ILGenerator il)
    {
    }

    /// <summary>The number of the value that an <c>lddw</c> stands for, if it is known only when the program is loaded; -1 for a constant.</summary>
    public virtual int ReferenceAt(int instruction) => -1;

    protected abstract MethodInfo Define(BytecodeImage image, int entry, int frame, out ILGenerator il);
}
